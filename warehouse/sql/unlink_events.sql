-- Events that these articles report are made anew by the next grouping: their other reports are looked at again.
UPDATE event_mention SET event_day = NULL
WHERE event_id IN (SELECT event_id FROM event_mention WHERE article_id IN (SELECT article_id FROM batch));
