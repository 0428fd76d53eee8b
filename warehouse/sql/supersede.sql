-- A new version takes the place of the latest.
UPDATE article SET is_latest = false
FROM batch
WHERE article.url = batch.url AND article.is_latest AND article.article_id <> batch.article_id;
