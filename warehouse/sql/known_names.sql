-- Entities that names of the batch lead to already.
SELECT DISTINCT a.name_id, a.entity_id
FROM entity_alias AS a
WHERE a.name_id IN (SELECT name_id FROM batch);
