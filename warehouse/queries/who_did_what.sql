-- Who did what to whom: material events with a known day and place first, then by how many stories tell of them.
-- Copies count once. Of a time ("this year") the day that is nearest to the report stands in. Where reports differ on
-- the dead, the least and the most that any gives; 30+ where one says "at least".
SELECT
    event_day AS day,
    array_to_string(actors, ', ') AS actor,
    concat_ws(' ', event_type, mode) AS did,
    array_to_string(recipients, ', ') AS recipient,
    place_name AS place, country,
    in_numbers(killed_low, killed_high) AS killed,
    article_count AS articles, story_count AS stories
FROM event
WHERE len(actors) > 0 AND len(recipients) > 0 AND actor_sector IS NOT NULL AND country IS NOT NULL
ORDER BY stories DESC, articles DESC, confidence DESC, day DESC, did, actor, recipient, place
LIMIT 10;
