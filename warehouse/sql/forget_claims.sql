-- An article that is read again: what was said of it is said anew.
DELETE FROM article_claim WHERE article_id IN (SELECT article_id FROM batch);
