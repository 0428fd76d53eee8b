-- The events that some articles tell of, those of most independent reports first.
SELECT
    event_id, event_day, event_type, mode, actors, recipients, place_name, country, place_precision, killed_low,
    killed_high, report_count, article_count
FROM event
WHERE event_id IN (
    SELECT event_id FROM event_mention WHERE list_contains(CAST($articles AS VARCHAR[]), article_id)
)
ORDER BY report_count DESC, article_count DESC, event_day, event_id;
