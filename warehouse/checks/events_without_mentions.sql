-- Every event has event mentions in articles that stand, its lead among them.
SELECT e.event_id, e.event_type, e.lead_event_mention_id
FROM event AS e
ANTI JOIN (
    SELECT m.event_mention_id, m.event_id
    FROM event_mention AS m
    JOIN article AS a USING (article_id)
    WHERE a.is_latest
) AS m ON m.event_id = e.event_id AND m.event_mention_id = e.lead_event_mention_id;
