-- Articles that stand and are not counted (1), are counted and do not stand any more (-1), or never stood when they were
-- grouped (0).
CREATE OR REPLACE TEMP TABLE turned AS
SELECT article_id, is_latest::TINYINT - coalesce(is_counted, false)::TINYINT AS sign, $run_id AS run_id
FROM article
WHERE is_latest IS DISTINCT FROM is_counted;
