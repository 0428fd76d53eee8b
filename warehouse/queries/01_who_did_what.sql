-- What happened in the last week of reports, by how many independent ones?
-- Copies of one text are one report. What is denied, planned or feared is in no event.
SELECT
    event_day AS day, array_to_string(actors, ', ') AS actor, concat_ws(' ', event_type, mode) AS did,
    array_to_string(recipients, ', ') AS recipient, coalesce(place_name, country) AS place,
    in_numbers(killed_low, killed_high) AS killed, report_count AS reports, article_count AS articles
FROM event_feed
WHERE reported_on > (SELECT least(max(reported_on), current_date) FROM event) - 7 AND len(actors) > 0 AND len(recipients) > 0
ORDER BY reports DESC, articles DESC, confidence DESC, day DESC, sentence_text
LIMIT 6;
