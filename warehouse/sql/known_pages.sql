-- What is known of the addresses in the batch: the bodies that were captured there, and when the last one was.
SELECT c.url, list(DISTINCT c.body_sha256) AS bodies, max(c.fetched_at) AS last_at
FROM capture AS c
WHERE c.url IN (SELECT url FROM batch)
GROUP BY c.url;
