-- What read the text this time.
UPDATE article SET tagger = batch.tagger, tag_status = batch.tag_status
FROM batch
WHERE article.article_id = batch.article_id;
