-- What an origin's robots.txt said when it was last asked.
SELECT origin, http_status, robots_text, fetched_at, unreachable_since
FROM robots
WHERE origin = $origin;
