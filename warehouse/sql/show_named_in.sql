-- The latest of the articles that stand and name an entity.
SELECT article_id, count(*) OVER () AS total
FROM article
WHERE is_latest AND article_id IN (SELECT article_id FROM mention WHERE entity_id = $id)
ORDER BY published_at DESC NULLS LAST, article_id
LIMIT $most;
