-- An article stands (is_latest) exactly when no other supersedes it, it is the last of its address and not withdrawn.
WITH judged AS (
    SELECT
        a.article_id, a.url, a.version, a.is_latest, a.withdrawn_at,
        a.version = max(a.version) OVER (PARTITION BY a.url)
            AND a.withdrawn_at IS NULL
            AND a.article_id NOT IN (SELECT supersedes FROM article WHERE supersedes IS NOT NULL) AS stands
    FROM article AS a
)
SELECT * FROM judged WHERE is_latest <> stands;
