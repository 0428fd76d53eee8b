-- What read the text this time.
UPDATE article SET tagger = batch.tagger, tag_status = batch.tag_status, vector = batch.vector,
    vector_model = batch.vector_model, run_id = batch.run_id
FROM batch
WHERE article.article_id = batch.article_id;
