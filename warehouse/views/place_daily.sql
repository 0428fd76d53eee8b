-- Where it happened: one row a day and place.
--   SELECT place_name, sum(conflicts) FROM place_daily WHERE country = 'NGA' GROUP BY ALL ORDER BY 2 DESC;
CREATE OR REPLACE VIEW place_daily AS
SELECT
    event_day, country, admin1, place_name, geonameid, place_precision,
    any_value(latitude) AS latitude, any_value(longitude) AS longitude,
    count(*) AS events, count(*) FILTER (quad = 4) AS conflicts, CAST(sum(report_count) AS BIGINT) AS reports,
    CAST(sum(killed_low) AS BIGINT) AS killed_at_least, sum_at_most(killed_low, killed_high) AS killed_at_most,
    list(DISTINCT event_type ORDER BY event_type) AS event_types
FROM event
WHERE place_name IS NOT NULL
GROUP BY event_day, country, admin1, place_name, geonameid, place_precision;
COMMENT ON VIEW place_daily IS 'Where it happened: one row a day and place. The point of a country or province is the middle of its cities: see place_precision.';
COMMENT ON COLUMN place_daily.events IS 'Events of the row.';
COMMENT ON COLUMN place_daily.conflicts IS 'Those of them that are material conflict (quad 4).';
COMMENT ON COLUMN place_daily.reports IS 'Independent reports of these events, added up.';
COMMENT ON COLUMN place_daily.killed_at_least IS 'Sum of the least numbers killed that reports give; NULL when none gives one.';
COMMENT ON COLUMN place_daily.killed_at_most IS 'Sum of the greatest numbers killed that reports give; NULL where one is open, as "at least 30" is.';
COMMENT ON COLUMN place_daily.event_types IS 'PLOVER types of these events.';
