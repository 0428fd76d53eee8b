-- Articles that wait for their story.
SELECT a.article_id, a.published_at, a.minhash
FROM article AS a
ANTI JOIN story_article USING (article_id)
ORDER BY a.article_id;
