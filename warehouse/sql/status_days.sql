-- What runs that poll loaded in each 24 hours of the last five weeks, counted back from the end of the newest.
WITH ended AS (
    SELECT ended_at, articles_loaded FROM run WHERE flow = 'ingest' AND status = 'completed'
), newest AS (
    SELECT max(ended_at) AS ended_at FROM ended
)
SELECT
    CAST(floor(epoch(newest.ended_at - ended.ended_at) / 86400) AS INTEGER) AS days_ago, count(*) AS runs,
    sum(ended.articles_loaded)::BIGINT AS articles
FROM ended, newest
WHERE ended.ended_at > newest.ended_at - INTERVAL 35 DAY
GROUP BY ALL
ORDER BY days_ago;
