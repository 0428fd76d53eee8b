-- What is shown of an article that was found.
SELECT article_id, title, url, agency, published_at, text FROM warehouse.article WHERE article_id = $article_id;
