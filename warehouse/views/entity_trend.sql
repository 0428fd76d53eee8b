-- Who is named more than usual: one row an entity that the last day's articles name, against its own four weeks before.
-- "Today" is the last day in the warehouse. Copies of one text count once a day. The usual is a mean over those of the 28
-- days that have any report: a young archive has fewer.
--   SELECT entity_name, reports_today, reports_usual FROM entity_trend WHERE kind = 'ORG' ORDER BY surprise DESC LIMIT 20;

-- The day that an article is of, UTC: of publication, else of loading; a date of publication after the loading is none.
-- By this, entity_day is counted.
CREATE OR REPLACE MACRO day_of_report(published_at, loaded_at) AS
    CAST(least(coalesce(published_at, loaded_at), loaded_at) AT TIME ZONE 'UTC' AS DATE);

CREATE OR REPLACE VIEW entity_trend AS
WITH recent AS (
    SELECT d.entity_id, d.named_on, d.report_count, l.today
    FROM entity_day AS d
    JOIN (SELECT max(named_on) AS today FROM entity_day) AS l ON d.named_on BETWEEN l.today - 28 AND l.today
), before AS (
    SELECT count(DISTINCT named_on) AS days FROM recent WHERE named_on < today
), counted AS (
    SELECT
        r.entity_id, r.today, CAST(sum(r.report_count) FILTER (r.named_on = r.today) AS BIGINT) AS reports_today,
        coalesce(sum(r.report_count) FILTER (r.named_on < r.today), 0) / nullif(any_value(b.days), 0) AS reports_usual
    FROM recent AS r
    CROSS JOIN before AS b
    GROUP BY r.entity_id, r.today
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
COMMENT ON COLUMN entity_trend.reports_usual IS 'Mean of the same over those of the 28 days before that have any report; NULL where none has.';
COMMENT ON COLUMN entity_trend.times_usual IS 'reports_today by reports_usual; NULL for what was not named in the 28 days before.';
COMMENT ON COLUMN entity_trend.surprise IS 'How far reports_today is above the usual, in standard deviations of a count (Poisson, one added); NULL where nothing is usual yet.';
