-- Feeds that have, or had, a secret in their address. Few rows are looked at: a feed has a handful of addresses.
CREATE TEMP TABLE secret_feed AS
SELECT DISTINCT feed_id
FROM (
    SELECT feed_id, unnest([feed_url, listed_url, move_url]) AS url FROM feed
    UNION ALL
    SELECT feed_id, feed_url FROM feed_address
)
WHERE masked(url) <> url;

-- What they show at addresses that have a secret, too.
CREATE TEMP TABLE secret_url AS
WITH shown AS (
    SELECT e.article_id, e.capture_id, e.url, e.link, e.guid
    FROM entry AS e
    SEMI JOIN secret_feed USING (feed_id)
), addresses AS (
    SELECT unnest([url, link, guid]) AS url FROM shown
    UNION ALL
    SELECT unnest([c.url, c.final_url]) FROM capture AS c SEMI JOIN shown AS s ON c.url = s.url
    UNION ALL
    SELECT unnest([a.url, a.image_url]) FROM article AS a SEMI JOIN shown USING (article_id)
)
SELECT DISTINCT url FROM addresses WHERE masked(url) <> url;
