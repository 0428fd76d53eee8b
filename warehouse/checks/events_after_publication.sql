-- A deed that has happened was not published before: its first day is at most the day after publication (zones differ).
-- Words are left out: what is promised or asked for (quads 1 and 3) has the day of what is to come.
SELECT m.event_mention_id, m.date_start, m.date_text, a.published_at, m.sentence_text, a.article_id, a.url
FROM event_mention AS m
JOIN article AS a USING (article_id)
WHERE m.modality = 'actual' AND m.polarity = 'affirmed' AND m.quad IN (2, 4)
  AND m.date_start > CAST(a.published_at AT TIME ZONE 'UTC' AS DATE) + 1;
