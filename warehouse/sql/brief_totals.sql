-- All of a brief's events in a line.
SELECT
    count(*) AS events, count(*) FILTER (report_count > 1) AS told_twice,
    in_numbers(CAST(sum(killed_low) AS BIGINT), sum_at_most(killed_low, killed_high)) AS killed,
    in_numbers(CAST(sum(wounded_low) AS BIGINT), sum_at_most(wounded_low, wounded_high)) AS wounded,
    count(*) FILTER (country IS NULL) AS nowhere,
    count(DISTINCT country) AS countries
FROM brief_event;
