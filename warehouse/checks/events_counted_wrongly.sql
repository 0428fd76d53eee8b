-- An event's counts and tolls are what its mentions in the articles that stand give.
WITH told AS (
    SELECT
        m.event_id, count(*) AS mention_count, count(DISTINCT m.article_id) AS article_count,
        count(DISTINCT coalesce(s.origin_article_id, m.article_id)) AS report_count,
        count(DISTINCT s.story_id) AS story_count,
        [
            min(m.killed_low), max(coalesce(m.killed_high, m.killed_low)),
            min(m.wounded_low), max(coalesce(m.wounded_high, m.wounded_low)),
            min(m.arrested_low), max(coalesce(m.arrested_high, m.arrested_low)),
            min(m.captured_low), max(coalesce(m.captured_high, m.captured_low)),
            min(m.displaced_low), max(coalesce(m.displaced_high, m.displaced_low))
        ] AS tolls
    FROM event_mention AS m
    JOIN article AS a USING (article_id)
    LEFT JOIN story_article AS s USING (article_id)
    WHERE a.is_latest AND m.event_id IS NOT NULL
    GROUP BY m.event_id
)
SELECT
    e.event_id,
    {mentions: e.mention_count, articles: e.article_count, reports: e.report_count, stories: e.story_count} AS says,
    {
        mentions: t.mention_count, articles: t.article_count, reports: t.report_count, stories: t.story_count
    } AS mentions_give,
    [
        e.killed_low, e.killed_high, e.wounded_low, e.wounded_high, e.arrested_low, e.arrested_high,
        e.captured_low, e.captured_high, e.displaced_low, e.displaced_high
    ] AS says_tolls,
    t.tolls AS mentions_give_tolls
FROM event AS e
JOIN told AS t USING (event_id)
WHERE (e.mention_count, e.article_count, e.report_count, e.story_count)
        <> (t.mention_count, t.article_count, t.report_count, t.story_count)
   OR says_tolls IS DISTINCT FROM t.tolls;
