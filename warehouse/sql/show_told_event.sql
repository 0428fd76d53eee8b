-- The event that an event mention tells of; NULL for what did not happen.
SELECT event_id, polarity, modality FROM event_mention WHERE event_mention_id = $id;
