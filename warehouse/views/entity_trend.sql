-- Who is named more than usual: one row an entity that the last day's articles name, against its own four weeks before.
-- "Today" is the last day in the warehouse. Copies of one text count once.
--   SELECT entity_name, reports_today, reports_usual FROM entity_trend WHERE kind = 'ORG' ORDER BY surprise DESC LIMIT 20;
CREATE OR REPLACE VIEW entity_trend AS
WITH dated AS ( -- a date of publication after the loading is none
    SELECT article_id, CAST(least(coalesce(published_at, loaded_at), loaded_at) AT TIME ZONE 'UTC' AS DATE) AS day
    FROM article
    WHERE is_latest
), last_day AS (
    SELECT max(day) AS today FROM dated
), report AS (
    SELECT d.article_id, d.day, l.today, coalesce(s.origin_article_id, d.article_id) AS origin_article_id
    FROM dated AS d
    JOIN last_day AS l ON d.day BETWEEN l.today - 28 AND l.today
    LEFT JOIN story_article AS s USING (article_id)
), named AS (
    SELECT DISTINCT m.entity_id, r.origin_article_id, r.day, r.today
    FROM mention AS m
    JOIN report AS r USING (article_id)
    WHERE m.entity_id IS NOT NULL
), counted AS (
    SELECT
        entity_id, today, count(*) FILTER (day = today) AS reports_today, count(*) FILTER (day < today) / 28 AS reports_usual
    FROM named
    GROUP BY entity_id, today
)
SELECT
    c.entity_id, e.entity_name, e.kind, e.country, e.sector, c.today, c.reports_today, c.reports_usual,
    c.reports_today / nullif(c.reports_usual, 0) AS times_usual,
    (c.reports_today - c.reports_usual) / sqrt(c.reports_usual + 1) AS surprise
FROM counted AS c
JOIN entity AS e USING (entity_id)
WHERE c.reports_today > 0;
COMMENT ON VIEW entity_trend IS 'Who is named more than usual: one row an entity that articles of the warehouse''s last day name, against its own four weeks before.';
COMMENT ON COLUMN entity_trend.today IS 'The last day in the warehouse, by publication, UTC.';
COMMENT ON COLUMN entity_trend.reports_today IS 'Independent reports of that day that name it.';
COMMENT ON COLUMN entity_trend.reports_usual IS 'Mean of the same over the 28 days before.';
COMMENT ON COLUMN entity_trend.times_usual IS 'reports_today by reports_usual; NULL for what was not named in the 28 days before.';
COMMENT ON COLUMN entity_trend.surprise IS 'How far reports_today is above the usual, in standard deviations of a count (Poisson, one added).';
