-- The latest of an entity's events.
SELECT
    event_id, event_day, event_type, mode, actors, recipients, place_name, country, place_precision, killed_low,
    killed_high, report_count, article_count, count(*) OVER () AS total
FROM deed
ORDER BY event_day DESC, report_count DESC, event_id
LIMIT $most;
