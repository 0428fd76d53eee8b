-- Events without a report.
DELETE FROM event WHERE event_id NOT IN (SELECT event_id FROM event_mention WHERE event_id IS NOT NULL);
