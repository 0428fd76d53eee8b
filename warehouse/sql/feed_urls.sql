-- All addresses that feeds are or were polled at.
SELECT DISTINCT url
FROM (
    SELECT unnest([feed_url, listed_url, move_url]) AS url FROM feed
    UNION ALL
    SELECT feed_url FROM feed_address
)
WHERE url IS NOT NULL;
