-- All that one actor did and met.
SELECT * FROM actor_timeline WHERE entity_id = getvariable('actor_id') ORDER BY event_day, event_id;
