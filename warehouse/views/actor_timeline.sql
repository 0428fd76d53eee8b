-- What somebody did and suffered: one row an entity and event that any report names it in.
--   FROM actor_timeline WHERE entity_name = 'Alliance of the Ridge' ORDER BY event_day, event_id;
CREATE OR REPLACE VIEW actor_timeline AS
WITH party AS (
    SELECT event_id, event_day, 'actor' AS role, unnest(actor_ids) AS entity_id FROM event
    UNION ALL
    SELECT event_id, event_day, 'recipient', unnest(recipient_ids) FROM event
)
SELECT
    p.entity_id, n.entity_name, n.kind, p.event_day, p.role, e.event_type, e.mode, e.quad, e.scale,
    e.actors, e.recipients, e.place_name, e.admin1, e.country, e.killed_low, e.killed_high, e.report_count, e.event_id,
    m.sentence_text
FROM party AS p
JOIN entity AS n USING (entity_id)
JOIN event AS e USING (event_id)
LEFT JOIN event_mention AS m ON m.event_mention_id = e.lead_event_mention_id;
COMMENT ON VIEW actor_timeline IS 'What somebody did and suffered: one row an entity and event that any report names it in, with the fullest report.';
