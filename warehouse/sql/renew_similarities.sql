-- Cosines of pairs whose articles were read again, by the vectors that they have now.
UPDATE article_pair SET vector_similarity = CASE WHEN a.vector_model = b.vector_model THEN
    array_cosine_similarity(CAST(a.vector AS FLOAT[384]), CAST(b.vector AS FLOAT[384]))
END
FROM article AS a, article AS b
WHERE a.article_id = article_pair.article_id AND b.article_id = article_pair.other_article_id
  AND (
      article_pair.article_id IN (SELECT article_id FROM batch)
      OR article_pair.other_article_id IN (SELECT article_id FROM batch)
  );
