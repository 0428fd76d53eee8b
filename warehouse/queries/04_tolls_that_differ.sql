-- Where do sources give different tolls of one event?
-- A row is a figure and who gives it. Both may be right: 9+ allows 12. Articles are counted with copies, which
-- repeat their source.
SELECT
    event_day AS day, place_name AS place, fate, in_numbers(toll_low, toll_high) AS toll, attribution AS says,
    count(DISTINCT article_id) AS articles, min(published_at) AS first_told, arg_min_null(title, published_at) AS title
FROM casualties
GROUP BY event_id, day, place, fate, toll_low, toll_high, says
QUALIFY count(DISTINCT (toll_low, toll_high)) OVER (PARTITION BY event_id, fate) > 1
ORDER BY day DESC, event_id, fate, first_told
LIMIT 6;
