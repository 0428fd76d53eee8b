-- A pair of resembling articles is there once, the later one first.
SELECT p.article_id, p.other_article_id, later.published_at, earlier.published_at AS other_published_at
FROM article_pair AS p
JOIN article AS later USING (article_id)
JOIN article AS earlier ON earlier.article_id = p.other_article_id
LEFT JOIN article_pair AS turned
    ON turned.article_id = p.other_article_id AND turned.other_article_id = p.article_id
WHERE p.article_id = p.other_article_id OR turned.article_id IS NOT NULL
   OR later.published_at < earlier.published_at;
