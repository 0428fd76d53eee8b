-- What is known of an event.
SELECT
    event_id, event_type, mode, quad, scale, actors, actor_ids, recipients, recipient_ids, place_name, geonameid, latitude,
    longitude, country, admin1, feature, place_precision, event_day, date_start, date_end, date_precision,
    first_reported_at, last_reported_at, killed_low, killed_high, wounded_low, wounded_high, arrested_low, arrested_high,
    captured_low, captured_high, displaced_low, displaced_high, mention_count, article_count, report_count, story_count,
    agencies, confidence, lead_event_mention_id
FROM event
WHERE event_id = $id;
