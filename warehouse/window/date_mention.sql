-- Of the articles that stay.
SELECT * FROM whole.date_mention SEMI JOIN kept USING (article_id);
