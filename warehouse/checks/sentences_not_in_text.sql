-- An event's sentence stands in its article's text where its offsets say.
-- Heavy: reads every text that has events.
SELECT m.event_mention_id, m.article_id, m.sentence_text, m.sentence_start, m.sentence_end
FROM event_mention AS m
JOIN article AS a USING (article_id)
WHERE substr(a.text, m.sentence_start + 1, m.sentence_end - m.sentence_start) <> m.sentence_text;
