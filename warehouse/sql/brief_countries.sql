-- How much happened in each country; in none: where nobody said where.
SELECT
    country, count(*) AS events, count(*) FILTER (quad = 4) AS material_conflict,
    in_numbers(CAST(sum(killed_low) AS BIGINT), sum_at_most(killed_low, killed_high)) AS killed,
    count(*) FILTER (place_precision IN ('point', 'city')) AS placed,
    count(killed_low) AS deadly,
    list_sort(list(number) FILTER (number IS NOT NULL))[:$refs] AS numbers,
    list_sort(list(number) FILTER (number IS NOT NULL AND quad = 4))[:$refs] AS conflict_numbers,
    list_sort(list(number) FILTER (number IS NOT NULL AND killed_low IS NOT NULL))[:$refs] AS deadly_numbers,
    list_sort(list(number) FILTER (number IS NOT NULL AND place_precision IN ('point', 'city')))[:$refs] AS placed_numbers
FROM brief_event
GROUP BY country
ORDER BY country IS NULL, events DESC, country;
