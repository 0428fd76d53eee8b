-- Articles of those days, and the others of their stories.
SELECT * FROM whole.article SEMI JOIN kept USING (article_id);
