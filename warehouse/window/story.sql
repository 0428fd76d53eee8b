-- The stories that the articles tell; they stay whole.
SELECT * FROM whole.story
WHERE story_id IN (SELECT story_id FROM whole.story_article SEMI JOIN kept USING (article_id));
