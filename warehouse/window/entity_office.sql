-- Offices beside names in those of the articles that stay that stand.
SELECT m.entity_id, m.office, count(*) AS mentions, any_value(o.run_id) AS run_id
FROM whole.mention AS m
JOIN whole.article AS a USING (article_id)
SEMI JOIN kept USING (article_id)
LEFT JOIN whole.entity_office AS o ON o.entity_id = m.entity_id AND o.office = m.office
WHERE a.is_counted AND m.entity_id IS NOT NULL AND m.office IS NOT NULL
GROUP BY m.entity_id, m.office;
