-- Articles that are not to be counted until they are grouped again.
CREATE OR REPLACE TEMP TABLE turned AS
SELECT article_id, -1::TINYINT AS sign, $run_id AS run_id
FROM article
WHERE is_counted AND article_id IN (SELECT article_id FROM batch);
