-- Of the event mentions that stay.
SELECT * FROM whole.event_participant
WHERE event_mention_id IN (SELECT event_mention_id FROM whole.event_mention SEMI JOIN kept USING (article_id));
