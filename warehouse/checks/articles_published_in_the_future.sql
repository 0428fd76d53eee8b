-- No article was published later than two days after its page was fetched: clocks and zones differ by less.
SELECT a.article_id, a.url, a.published_at, a.published_source, c.fetched_at
FROM article AS a
JOIN capture AS c USING (capture_id)
WHERE a.published_at > c.fetched_at + INTERVAL 2 DAY;
