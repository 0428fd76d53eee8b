-- Articles that wait for their story, the earliest first, with the kinds of events that they tell of.
WITH waiting AS (
    SELECT
        a.article_id, a.title, a.text, a.minhash, a.published_at, a.supersedes,
        CAST(coalesce(a.published_at, a.loaded_at) AT TIME ZONE 'UTC' AS DATE) AS grouped_on
    FROM article AS a
    ANTI JOIN story_article USING (article_id)
    ORDER BY grouped_on, a.article_id
    LIMIT $most
)
SELECT w.*, coalesce(list(DISTINCT m.event_type ORDER BY m.event_type) FILTER (m.event_type IS NOT NULL), []) AS deeds
FROM waiting AS w
LEFT JOIN event_mention AS m ON m.article_id = w.article_id AND m.polarity = 'affirmed' AND m.modality = 'actual'
GROUP BY ALL
ORDER BY w.grouped_on, w.article_id;
