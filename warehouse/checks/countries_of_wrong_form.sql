-- A country is three capital letters: ISO 3166 alpha-3, or PLOVER's code of a body beyond states.
WITH named AS (
    SELECT 'feed' AS table_name, feed_id AS row_id, country FROM feed
    UNION ALL SELECT 'place', place_id, country FROM place
    UNION ALL SELECT 'mention', mention_id, country FROM mention
    UNION ALL SELECT 'entity', entity_id, country FROM entity
    UNION ALL SELECT 'event_participant', concat_ws(' ', event_mention_id, role, ordinal), country FROM event_participant
    UNION ALL SELECT 'event', event_id, unnest([country, actor_country, recipient_country]) FROM event
)
SELECT * FROM named WHERE NOT regexp_full_match(country, '[A-Z]{3}');
