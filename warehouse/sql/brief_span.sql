-- The last report that the warehouse knows of, of a time that has come.
SELECT max(last_reported_at) AS newest FROM event WHERE last_reported_at <= $now;
