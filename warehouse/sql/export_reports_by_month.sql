-- The reports of the chosen events with the year and month that their files are sorted into.
SELECT r.*, year(r.event_day) AS year, month(r.event_day) AS month
FROM event_reports AS r SEMI JOIN chosen USING (event_id) ORDER BY r.event_day, r.event_mention_id;
