-- Who is named is an entity that is there, and every entity has a name that leads to it.
SELECT 'mention' AS table_name, m.mention_id AS row_id, m.entity_id
FROM mention AS m
ANTI JOIN entity AS e USING (entity_id)
WHERE m.entity_id IS NOT NULL
UNION ALL
SELECT 'event_participant', concat_ws(' ', p.event_mention_id, p.role, p.ordinal), p.entity_id
FROM event_participant AS p
ANTI JOIN entity AS e USING (entity_id)
WHERE p.entity_id IS NOT NULL
UNION ALL
SELECT 'entity_alias', concat_ws(' ', a.name_id, a.alias), a.entity_id
FROM entity_alias AS a
ANTI JOIN entity AS e USING (entity_id)
UNION ALL
SELECT 'entity_office', concat_ws(' ', o.entity_id, o.office), o.entity_id
FROM entity_office AS o
ANTI JOIN entity AS e USING (entity_id)
UNION ALL
SELECT 'entity_day', concat_ws(' ', d.entity_id, d.named_on), d.entity_id
FROM entity_day AS d
ANTI JOIN entity AS e USING (entity_id)
UNION ALL
SELECT 'entity', e.entity_id, e.entity_id
FROM entity AS e
ANTI JOIN entity_alias AS a ON a.entity_id = e.entity_id AND a.canonical;
