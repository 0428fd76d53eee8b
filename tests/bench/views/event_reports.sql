-- The threats of a month.
SELECT attribution, sentence_text FROM event_reports WHERE event_type = 'THREATEN' AND reported_on >= getvariable('month');
