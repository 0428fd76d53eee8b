-- Which fighting rests on one voice alone, however often it is printed?
-- Every sentence that tells of the event puts it into the same mouth.
SELECT
    any_value(attribution) AS says, event_type AS type, any_value(place_name) AS place,
    count(DISTINCT article_id) AS articles, min(reported_on) AS told_on, arg_max(sentence_text, confidence) AS sentence
FROM event_reports
WHERE event_id IS NOT NULL AND quad = 4
GROUP BY event_id, event_type
HAVING count(*) = count(attribution) AND count(DISTINCT lower(attribution)) = 1
ORDER BY articles DESC, told_on DESC, sentence
LIMIT 4;
