-- How often each type of event, with the numbers of those that are shown.
SELECT
    event_type, quad, count(*) AS events, list_sort(list(number) FILTER (number IS NOT NULL))[:$refs] AS numbers
FROM brief_event
GROUP BY event_type, quad
ORDER BY quad DESC, events DESC, event_type;
