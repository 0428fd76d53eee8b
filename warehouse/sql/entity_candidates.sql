-- Entities with a name in the blocks of new names, each with all its canonical names.
WITH near AS (
    SELECT DISTINCT entity_id
    FROM entity_alias
    WHERE block_key IN (SELECT block_key FROM named WHERE entity_id IS NULL)
)
SELECT e.entity_id, e.kind, e.country, e.known, list(DISTINCT a.alias ORDER BY a.alias) AS names
FROM near
JOIN entity AS e USING (entity_id)
JOIN entity_alias AS a USING (entity_id)
WHERE a.canonical
GROUP BY ALL
ORDER BY e.entity_id;
