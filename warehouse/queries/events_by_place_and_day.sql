-- Events by place and day: material conflict and what it cost.
SELECT
    country, coalesce(admin1, place_name) AS place, coalesce(date_start, reported_on) AS day,
    count(*) AS events, count(*) FILTER (quad = 4) AS conflict, sum(killed_low) AS killed,
    list(DISTINCT event_type ORDER BY event_type) AS types
FROM event
WHERE country IS NOT NULL
GROUP BY ALL
ORDER BY conflict DESC, events DESC, country, place, day
LIMIT 10;
