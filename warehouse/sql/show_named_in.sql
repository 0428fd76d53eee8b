-- The latest of the articles that stand and name an entity. Counted apart: DuckDB 1.5 now and then fails inside where
-- `count(*) OVER ()` stands beside a LIMIT on rows of a semi-join.
WITH named AS (
    SELECT article_id, published_at
    FROM article
    WHERE is_latest AND article_id IN (SELECT article_id FROM mention WHERE entity_id = $id)
)
SELECT article_id, (SELECT count(*) FROM named) AS total
FROM named
ORDER BY published_at DESC NULLS LAST, article_id
LIMIT $most;
