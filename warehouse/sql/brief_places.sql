-- The places that are known to a town or better: only those are points on a map.
SELECT
    any_value(place_name ORDER BY number) AS place_name, country, latitude, longitude, place_precision,
    count(*) AS events, list_sort(list(number) FILTER (number IS NOT NULL))[:$refs] AS numbers
FROM brief_event
WHERE place_precision IN ('point', 'city') AND latitude IS NOT NULL AND longitude IS NOT NULL
GROUP BY country, latitude, longitude, place_precision
ORDER BY events DESC, country, place_name
LIMIT $rows;
