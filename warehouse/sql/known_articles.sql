-- What the warehouse holds of these articles.
SELECT * FROM article WHERE list_contains($articles, article_id);
