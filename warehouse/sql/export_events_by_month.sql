-- The chosen events with the year and month that their files are sorted into.
SELECT f.*, year(f.event_day) AS year, month(f.event_day) AS month
FROM event_feed AS f SEMI JOIN chosen USING (event_id) ORDER BY f.event_day, f.event_id;
