-- A low bound is not above its high one, and a first day or time not after the last.
SELECT 'event_mention' AS table_name, event_mention_id AS row_id
FROM event_mention
WHERE killed_low > killed_high OR wounded_low > wounded_high OR arrested_low > arrested_high
   OR captured_low > captured_high OR displaced_low > displaced_high OR date_start > date_end
UNION ALL
SELECT 'event', event_id
FROM event
WHERE killed_low > killed_high OR wounded_low > wounded_high OR arrested_low > arrested_high
   OR captured_low > captured_high OR displaced_low > displaced_high
   OR date_start > date_end OR first_reported_at > last_reported_at
UNION ALL
SELECT 'quantity', quantity_id FROM quantity WHERE low > high
UNION ALL
SELECT 'date_mention', date_mention_id FROM date_mention WHERE date_start > date_end
UNION ALL
SELECT 'entity', entity_id FROM entity WHERE first_seen_at > last_seen_at
UNION ALL
SELECT 'story', story_id FROM story WHERE first_published_at > last_published_at;
