-- Entities by their ids, in that order.
SELECT entity_id, entity_name, kind, country
FROM entity
WHERE list_contains(CAST($entities AS VARCHAR[]), entity_id)
ORDER BY list_position(CAST($entities AS VARCHAR[]), entity_id);
