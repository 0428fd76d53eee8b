-- How much happened on each day.
SELECT
    event_day, count(*) AS events,
    count(*) FILTER (quad = 4) AS material_conflict, count(*) FILTER (quad = 3) AS verbal_conflict,
    count(*) FILTER (quad = 2) AS material_cooperation, count(*) FILTER (quad = 1) AS verbal_cooperation,
    list_sort(list(number) FILTER (number IS NOT NULL))[:$refs] AS numbers,
    list_sort(list(number) FILTER (number IS NOT NULL AND quad = 4))[:$refs] AS material_conflict_numbers,
    list_sort(list(number) FILTER (number IS NOT NULL AND quad = 3))[:$refs] AS verbal_conflict_numbers,
    list_sort(list(number) FILTER (number IS NOT NULL AND quad = 2))[:$refs] AS material_cooperation_numbers,
    list_sort(list(number) FILTER (number IS NOT NULL AND quad = 1))[:$refs] AS verbal_cooperation_numbers
FROM brief_event
GROUP BY event_day
ORDER BY event_day;
