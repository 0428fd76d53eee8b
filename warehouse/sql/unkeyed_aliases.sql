-- Aliases that a migration made: their keys are not known to SQL.
SELECT a.name_id, a.alias, a.canonical, e.kind
FROM entity_alias AS a
JOIN entity AS e USING (entity_id)
WHERE a.alias_key IS NULL;
