-- Of the articles that stay.
SELECT * FROM whole.article_claim SEMI JOIN kept USING (article_id);
