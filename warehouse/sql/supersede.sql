-- A new version takes the place of the latest, whose events are counted anew.
UPDATE event_mention SET event_day = NULL
FROM article, batch
WHERE event_mention.article_id = article.article_id
  AND article.url = batch.url AND article.is_latest AND article.article_id <> batch.article_id;

UPDATE article SET is_latest = false
FROM batch
WHERE article.url = batch.url AND article.is_latest AND article.article_id <> batch.article_id;
