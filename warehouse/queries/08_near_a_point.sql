-- What happened within 50 km of a point?
-- Of what is placed to a town or better: the point of a province or country is the middle of its cities, so that
-- what is known to the province alone is not found here.
SELECT
    round(distance_km(latitude, longitude, 34.30, 42.10)) AS km, place_name AS place, event_day AS day,
    concat_ws(' ', event_type, mode) AS did, report_count AS reports, sentence_text AS sentence
FROM event_feed
WHERE place_precision IN ('point', 'city') AND distance_km(latitude, longitude, 34.30, 42.10) <= 50
ORDER BY km, day DESC, did
LIMIT 6;
