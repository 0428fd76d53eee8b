-- The chosen events, flat and wide, in the order of their days.
SELECT f.* FROM event_feed AS f SEMI JOIN chosen USING (event_id) ORDER BY f.event_day, f.event_id;
