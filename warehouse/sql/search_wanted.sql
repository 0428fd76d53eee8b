-- Which segment each latest article belongs to: its month, in the last month its week.
CREATE OR REPLACE TEMP TABLE wanted AS
WITH dated AS (
    SELECT
        article_id, text_sha256, title,
        CAST(least(coalesce(published_at, loaded_at), loaded_at) AT TIME ZONE 'UTC' AS DATE) AS day
    FROM warehouse.article
    WHERE is_latest
)
SELECT
    article_id, day, hash(article_id, text_sha256, title) AS fingerprint,
    CASE WHEN day < date_trunc('month', max(day) OVER ()) THEN strftime(day, 'm%Y%m')
         ELSE strftime(date_trunc('week', day), 'w%Y%m%d') END AS segment
FROM dated;
