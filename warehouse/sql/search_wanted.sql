-- The latest articles as they are now; what is indexed and is not among them, or in a segment cut short, is forgotten.
CREATE OR REPLACE TEMP TABLE wanted AS
SELECT
    article_id, loaded_at, hash(text_sha256, title) AS fingerprint,
    CAST(least(coalesce(published_at, loaded_at), loaded_at) AT TIME ZONE 'UTC' AS DATE) AS day
FROM warehouse.article
WHERE is_latest;

DELETE FROM indexed WHERE rowid IN (
    SELECT i.rowid
    FROM indexed AS i
    LEFT JOIN wanted AS w USING (article_id, fingerprint)
    LEFT JOIN segment AS s USING (segment)
    WHERE w.article_id IS NULL OR s.segment IS NULL
);
