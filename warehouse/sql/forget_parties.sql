-- Parties of events in these articles.
DELETE FROM event_participant WHERE event_mention_id IN (
    SELECT event_mention_id FROM event_mention WHERE article_id IN (SELECT article_id FROM batch)
);
