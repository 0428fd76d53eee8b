-- Of the articles that stay.
SELECT * FROM whole.article_term SEMI JOIN kept USING (article_id);
