-- What an entity did and suffered, by type.
SELECT
    event_type, quad, count(*) FILTER (acted) AS as_actor, count(*) FILTER (suffered) AS as_recipient
FROM deed
GROUP BY event_type, quad
ORDER BY count(*) DESC, event_type;
