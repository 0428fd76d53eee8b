-- Who else is a party of an entity's events: whom it acted on, who acted on it, who stands beside it.
WITH other AS (
    SELECT *, unnest(list_distinct(list_concat(actor_ids, recipient_ids))) AS other_id FROM deed
)
SELECT
    o.other_id AS entity_id, coalesce(e.entity_name, o.other_id) AS entity_name,
    count(*) FILTER (acted AND list_contains(recipient_ids, o.other_id)) AS done_to,
    count(*) FILTER (suffered AND list_contains(actor_ids, o.other_id)) AS done_by,
    count(*) FILTER (
        (acted AND list_contains(actor_ids, o.other_id)) OR (suffered AND list_contains(recipient_ids, o.other_id))
    ) AS beside,
    count(*) FILTER (quad >= 3) AS conflict, count(*) OVER () AS total
FROM other AS o
LEFT JOIN entity AS e ON e.entity_id = o.other_id
WHERE o.other_id <> $id
GROUP BY o.other_id, e.entity_name
ORDER BY count(*) DESC, entity_name, entity_id
LIMIT $most;
