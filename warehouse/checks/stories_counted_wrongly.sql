-- A story's counts are those of its articles that stand.
WITH told AS (
    SELECT
        m.story_id, count(*) FILTER (a.is_latest) AS article_count,
        count(DISTINCT m.origin_article_id) FILTER (a.is_latest) AS report_count,
        count(DISTINCT regexp_extract(a.url, '^[a-z]+://(?:www\.)?([^/:]+)', 1)) FILTER (a.is_latest) AS outlet_count
    FROM story_article AS m
    JOIN article AS a USING (article_id)
    GROUP BY m.story_id
)
SELECT
    s.story_id, s.article_count, t.article_count AS articles_standing,
    s.report_count, t.report_count AS reports_standing, s.outlet_count, t.outlet_count AS outlets_standing
FROM story AS s
JOIN told AS t USING (story_id)
WHERE (s.article_count, s.report_count, s.outlet_count) <> (t.article_count, t.report_count, t.outlet_count);
