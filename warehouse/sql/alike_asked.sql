-- Two at most of the articles whose ids begin so: their vectors, and the texts that their words come from.
SELECT
    a.article_id, a.vector, a.vector_model, a.language, a.is_latest, coalesce(m.origin_article_id, a.article_id) AS origin
FROM article AS a
LEFT JOIN story_article AS m USING (article_id)
WHERE a.article_id = $article_id OR ($is_part AND starts_with(a.article_id, $article_id))
ORDER BY a.article_id
LIMIT 2;
