-- The segments that may hold articles from that day on, the newest first.
SELECT segment FROM segment WHERE $since IS NULL OR last_day >= $since ORDER BY last_day DESC;
