-- Only what is told as a fact is counted in an event: nothing negated, planned, hypothetical or long past.
SELECT event_mention_id, event_id, polarity, modality, sentence_text
FROM event_mention
WHERE event_id IS NOT NULL AND (polarity <> 'affirmed' OR modality <> 'actual');
