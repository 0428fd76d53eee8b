-- The newest version of each address in the batch, whether it stands or not.
SELECT a.url, a.version, a.article_id, a.text_sha256
FROM article AS a
WHERE a.url IN (SELECT url FROM batch)
QUALIFY row_number() OVER (PARTITION BY a.url ORDER BY a.version DESC) = 1;
