-- The latest version of each address in the batch.
SELECT a.url, a.version, a.article_id, a.text_sha256
FROM article AS a
WHERE a.is_latest AND a.url IN (SELECT url FROM batch);
