-- Event mentions that are of another event than before.
CREATE OR REPLACE TEMP TABLE relinked AS
SELECT b.event_mention_id, m.event_id AS event_id_before, b.event_id
FROM batch AS b
JOIN event_mention AS m USING (event_mention_id);

UPDATE event_mention SET event_id = relinked.event_id
FROM relinked
WHERE event_mention.event_mention_id = relinked.event_mention_id;
