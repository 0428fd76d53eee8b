-- Of the articles that stay.
SELECT * FROM whole.quantity SEMI JOIN kept USING (article_id);
