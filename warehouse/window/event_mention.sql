-- Of the articles that stay.
SELECT * FROM whole.event_mention SEMI JOIN kept USING (article_id);
