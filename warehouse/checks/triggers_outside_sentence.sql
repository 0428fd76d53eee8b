-- The words that tell of an event stand in its sentence.
SELECT event_mention_id, article_id, trigger_text, start_offset, end_offset, sentence_start, sentence_end
FROM event_mention
WHERE start_offset < sentence_start OR end_offset > sentence_end;
