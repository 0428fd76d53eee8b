-- Articles that stand and are not counted, or are counted and do not stand any more.
CREATE OR REPLACE TEMP TABLE turned AS
SELECT article_id, CASE WHEN is_latest THEN 1 ELSE -1 END AS sign
FROM article
WHERE is_latest <> coalesce(is_counted, false);
