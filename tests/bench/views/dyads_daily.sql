-- What one actor did to others in a month.
SELECT event_day, recipient, event_type, events FROM dyads_daily WHERE actor_id = getvariable('actor_id') AND event_day >= getvariable('month') ORDER BY ALL;
