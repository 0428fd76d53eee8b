-- How much happened: one row a day, country and type, with what it cost.
--   SELECT event_day, sum(events) FROM events_daily WHERE country = 'SDN' AND quad = 4 GROUP BY 1 ORDER BY 1;
CREATE OR REPLACE VIEW events_daily AS
SELECT
    event_day, country, event_type, quad, count(*) AS events, CAST(sum(report_count) AS BIGINT) AS reports,
    CAST(sum(killed_low) AS BIGINT) AS killed_at_least, sum_at_most(killed_low, killed_high) AS killed_at_most,
    CAST(sum(wounded_low) AS BIGINT) AS wounded_at_least, sum_at_most(wounded_low, wounded_high) AS wounded_at_most,
    avg(scale) AS mean_scale
FROM event
GROUP BY event_day, country, event_type, quad;
COMMENT ON VIEW events_daily IS 'How much happened: one row a day, country and type.';
COMMENT ON COLUMN events_daily.events IS 'Events of the row.';
COMMENT ON COLUMN events_daily.reports IS 'Independent reports of these events, added up.';
COMMENT ON COLUMN events_daily.killed_at_least IS 'Sum of the least numbers killed that reports give; NULL when none gives one.';
COMMENT ON COLUMN events_daily.killed_at_most IS 'Sum of the greatest numbers killed that reports give; NULL where one is open, as "at least 30" is.';
COMMENT ON COLUMN events_daily.wounded_at_least IS 'Sum of the least numbers wounded that reports give; NULL when none gives one.';
COMMENT ON COLUMN events_daily.wounded_at_most IS 'Sum of the greatest numbers wounded that reports give; NULL where one is open, as "at least 30" is.';
COMMENT ON COLUMN events_daily.mean_scale IS 'Mean of scale, from conflict (-10) to cooperation (+10).';
