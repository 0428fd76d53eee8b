-- An event's counts and tolls are what its mentions in the articles that stand give.
WITH told AS (
    SELECT
        m.event_id, count(*) AS mention_count, count(DISTINCT m.article_id) AS article_count,
        count(DISTINCT coalesce(s.origin_article_id, m.article_id)) AS report_count,
        count(DISTINCT s.story_id) AS story_count,
        [
            min(m.killed_low), at_most(m.killed_low, m.killed_high),
            min(m.wounded_low), at_most(m.wounded_low, m.wounded_high),
            min(m.arrested_low), at_most(m.arrested_low, m.arrested_high),
            min(m.captured_low), at_most(m.captured_low, m.captured_high),
            min(m.displaced_low), at_most(m.displaced_low, m.displaced_high)
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
