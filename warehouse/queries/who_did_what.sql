-- Who did what to whom: events by the number of independent stories that tell of them, copies counted once.
SELECT
    coalesce(e.date_start, e.reported_on) AS day,
    array_to_string(e.actors, ', ') AS actor,
    concat_ws(' ', e.event_type, e.mode) AS did,
    array_to_string(e.recipients, ', ') AS recipient,
    e.place_name AS place, e.country, e.killed_low AS killed, e.article_count AS articles, e.story_count AS stories
FROM event AS e
WHERE len(e.actors) > 0 AND len(e.recipients) > 0
ORDER BY e.story_count DESC, e.article_count DESC, e.confidence DESC, e.event_id
LIMIT 10;
