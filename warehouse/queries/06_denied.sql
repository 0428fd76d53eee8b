-- What is denied, and does anybody say that it happened?
-- Beside each denial what the same story tells of the same type of event as a fact, the surest sentence; NULL where
-- nothing.
WITH denied AS (
    SELECT
        d.event_type AS type, d.place_name AS place, any_value(d.attribution) AS denied_by, d.sentence_text AS denial,
        count(DISTINCT d.article_id) AS articles,
        arg_max({'by': t.attribution, 'words': t.sentence_text}, t.confidence) AS told
    FROM event_reports AS d
    LEFT JOIN event_reports AS t
        ON t.story_id = d.story_id AND t.event_type = d.event_type AND t.event_id IS NOT NULL
    WHERE d.polarity = 'negated' AND d.modality = 'actual' AND d.quad IN (3, 4)
    GROUP BY d.story_id, type, place, denial
)
SELECT * EXCLUDE (told), told.by AS affirmed_by, told.words AS affirmed
FROM denied
ORDER BY articles DESC, denial
LIMIT 4;
