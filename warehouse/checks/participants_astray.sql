-- Every actor and recipient belongs to an event mention that is there, and each role counts from 1 without a gap.
SELECT p.event_mention_id, p.role, p.ordinal, p.participant_text
FROM event_participant AS p
ANTI JOIN event_mention AS m USING (event_mention_id)
UNION ALL
SELECT event_mention_id, role, max(ordinal), NULL
FROM event_participant
GROUP BY event_mention_id, role
HAVING max(ordinal) <> count(*) OR min(ordinal) <> 1;
