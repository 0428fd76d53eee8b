-- The title of an article, and how it was tagged: what is left to say of one that holds no coded sentence.
SELECT title, url, tag_status FROM article WHERE article_id = $id;
