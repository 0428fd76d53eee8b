-- An update knows what it takes the place of.
UPDATE article SET supersedes = coalesce(article.supersedes, batch.supersedes)
FROM batch
WHERE article.article_id = batch.article_id;
