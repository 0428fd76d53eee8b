-- A copy or update has the words of an earlier article of its story, and in the end of the same origin; a first report
-- and a rewrite have their own.
SELECT m.article_id, m.story_id, m.relation, m.copied_from, m.origin_article_id
FROM story_article AS m
LEFT JOIN story_article AS o ON o.article_id = m.copied_from AND o.story_id = m.story_id
WHERE CASE
    WHEN m.relation IN ('copy', 'update')
        THEN o.article_id IS NULL OR o.article_id = m.article_id OR m.origin_article_id <> o.origin_article_id
    ELSE m.copied_from IS NOT NULL OR m.origin_article_id <> m.article_id
END;
