-- Actor1 and Actor2 of each sentence that tells of a chosen event: the first actor, then the first recipient; where all are
-- actors, the second of them.
CREATE OR REPLACE TEMP TABLE party AS
SELECT
    p.event_mention_id, p.role = 'actor' AND p.ordinal = 1 AS is_first,
    p.participant_text AS name, p.country, p.sector, p.start_offset
FROM event_participant AS p
SEMI JOIN (SELECT m.event_mention_id FROM event_mention AS m JOIN chosen USING (event_id)) AS told USING (event_mention_id)
QUALIFY p.ordinal = 1
    OR p.ordinal = 2 AND p.role = 'actor'
        AND count(*) FILTER (p.role = 'recipient') OVER (PARTITION BY p.event_mention_id) = 0;
