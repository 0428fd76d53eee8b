-- A country day by day.
SELECT event_day, sum(events) FROM events_daily WHERE country = 'SDN' AND quad = 4 GROUP BY ALL ORDER BY 1;
