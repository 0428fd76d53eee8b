-- A MinHash signature has 128 values, or none for a text without words.
SELECT article_id, url, len(minhash) AS length
FROM article
WHERE len(minhash) NOT IN (0, 128);
