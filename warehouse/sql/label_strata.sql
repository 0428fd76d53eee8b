-- How many event mentions of each type and tagger the latest articles have.
SELECT a.tagger, m.event_type, count(*) AS mentions
FROM event_mention AS m
JOIN article AS a USING (article_id)
WHERE a.is_latest
GROUP BY ALL;
