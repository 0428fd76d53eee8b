-- Events by place and day: how many, how many of them material conflict, and what they cost.
SELECT
    country, coalesce(admin1, place_name) AS place,
    event_day AS day,
    count(*) AS events, count(*) FILTER (quad = 4) AS conflict, sum(killed_low) AS killed,
    list(DISTINCT event_type ORDER BY event_type) AS types
FROM event
WHERE country IS NOT NULL
GROUP BY ALL
ORDER BY conflict DESC, events DESC, country, place, day
LIMIT 10;
