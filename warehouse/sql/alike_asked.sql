-- The vector of an article, and the text that its words come from.
SELECT a.vector, a.vector_model, coalesce(m.origin_article_id, a.article_id) AS origin
FROM article AS a
LEFT JOIN story_article AS m USING (article_id)
WHERE a.article_id = $article_id;
