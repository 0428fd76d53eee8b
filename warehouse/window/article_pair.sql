-- Both of a pair stay.
SELECT * FROM whole.article_pair
SEMI JOIN kept USING (article_id)
WHERE other_article_id IN (SELECT article_id FROM kept);
