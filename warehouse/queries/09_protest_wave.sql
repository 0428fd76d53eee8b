-- How does a wave of protest spread, city by city and day by day?
-- Protests that took place, with their day, in a town that is known; those of a strike's or march's plan are left
-- out.
SELECT
    event_day AS day, place_name AS city, admin1 AS province, count(*) AS protests, sum(report_count) AS reports,
    list(DISTINCT mode ORDER BY mode) FILTER (mode IS NOT NULL) AS modes,
    arg_max(sentence_text, report_count) AS sentence
FROM event_feed
WHERE event_type = 'PROTEST' AND country = 'PER'
    AND place_precision IN ('point', 'city') AND coalesce(date_precision, 'day') = 'day'
GROUP BY day, city, province
ORDER BY day, protests DESC, city
LIMIT 6;
