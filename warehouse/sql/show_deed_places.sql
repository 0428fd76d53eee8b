-- Where an entity's events happened.
SELECT place_name, admin1, country, place_precision, count(*) AS events, count(*) OVER () AS total
FROM deed
GROUP BY place_name, admin1, country, place_precision
ORDER BY events DESC, country, place_name
LIMIT $most;
