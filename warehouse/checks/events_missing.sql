-- An event mention that belongs to an event leads to one that is there: as long as its article stands.
SELECT m.event_mention_id, m.event_id, m.article_id
FROM event_mention AS m
JOIN article AS a USING (article_id)
ANTI JOIN event AS e USING (event_id)
WHERE m.event_id IS NOT NULL AND a.is_latest;
