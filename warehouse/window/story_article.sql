-- Of the articles that stay.
SELECT * FROM whole.story_article SEMI JOIN kept USING (article_id);
