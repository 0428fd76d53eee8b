-- The place of an event mention is a place of its article.
SELECT m.event_mention_id, m.article_id, m.place_id
FROM event_mention AS m
ANTI JOIN place AS p ON p.place_id = m.place_id AND p.article_id = m.article_id
WHERE m.place_id IS NOT NULL;
