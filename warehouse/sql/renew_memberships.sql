-- Articles that are in another story than before, or stand otherwise in it.
UPDATE story_article SET
    story_id = batch.story_id, relation = batch.relation, similarity = batch.similarity,
    copied_from = batch.copied_from, origin_article_id = batch.origin_article_id,
    run_id = batch.run_id
FROM batch
WHERE story_article.article_id = batch.article_id;
