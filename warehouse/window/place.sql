-- Of the articles that stay.
SELECT * FROM whole.place SEMI JOIN kept USING (article_id);
