-- The reports of the chosen events, in the order of their days.
SELECT r.* FROM event_reports AS r SEMI JOIN chosen USING (event_id) ORDER BY r.event_day, r.event_mention_id;
