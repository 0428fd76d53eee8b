-- Of the articles that stay.
SELECT * FROM whole.article_band SEMI JOIN kept USING (article_id);
