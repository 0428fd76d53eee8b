-- What entity_day says of a day is what the articles of that day name; a day that is missing waits for the next grouping.
WITH told AS (
    SELECT
        m.entity_id, day_of_report(a.published_at, a.loaded_at) AS named_on,
        count(DISTINCT coalesce(s.origin_article_id, a.article_id)) AS report_count
    FROM mention AS m
    JOIN article AS a USING (article_id)
    LEFT JOIN story_article AS s USING (article_id)
    WHERE a.is_counted AND m.entity_id IS NOT NULL
    GROUP BY ALL
)
SELECT
    coalesce(d.entity_id, t.entity_id) AS entity_id, coalesce(d.named_on, t.named_on) AS named_on,
    d.report_count AS says, t.report_count AS mentions_give
FROM entity_day AS d
FULL JOIN (FROM told SEMI JOIN entity_day USING (named_on)) AS t ON t.entity_id = d.entity_id AND t.named_on = d.named_on
WHERE d.report_count IS DISTINCT FROM t.report_count;
