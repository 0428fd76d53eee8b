-- How much happened on each day.
SELECT
    event_day, count(*) AS events,
    count(*) FILTER (quad = 4) AS material_conflict, count(*) FILTER (quad = 3) AS verbal_conflict,
    count(*) FILTER (quad = 2) AS material_cooperation, count(*) FILTER (quad = 1) AS verbal_cooperation,
    list_sort(list(number) FILTER (number IS NOT NULL))[:$refs] AS numbers
FROM brief_event
GROUP BY event_day
ORDER BY event_day;
