-- Offices beside names in those of the articles that stay that stand.
SELECT m.entity_id, m.office, count(*) AS mentions
FROM whole.mention AS m
JOIN whole.article AS a USING (article_id)
SEMI JOIN kept USING (article_id)
WHERE a.is_counted AND m.entity_id IS NOT NULL AND m.office IS NOT NULL
GROUP BY m.entity_id, m.office;
