-- Texts that another took the place of do not stand any more; their events are counted anew.
UPDATE event_mention SET event_day = NULL
FROM article, batch
WHERE event_mention.article_id = article.article_id AND article.article_id = batch.article_id AND article.is_latest;

UPDATE article SET is_latest = false FROM batch WHERE article.article_id = batch.article_id;
