-- Of the articles that stay.
SELECT * FROM whole.mention SEMI JOIN kept USING (article_id);
