-- What these articles wrote is counted anew.
UPDATE entity_alias SET mention_count = greatest(mention_count - told.times, 0)
FROM (
    SELECT min(a.name_id) AS name_id, m.mention_text AS alias, count(DISTINCT m.mention_id) AS times
    FROM mention AS m
    JOIN entity_alias AS a ON a.entity_id = m.entity_id AND a.alias = m.mention_text
    WHERE m.article_id IN (SELECT article_id FROM batch)
    GROUP BY m.entity_id, m.mention_text
) AS told
WHERE entity_alias.name_id = told.name_id AND entity_alias.alias = told.alias;
