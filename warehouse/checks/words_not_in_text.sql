-- Every span stands in its article's text where its offsets say. The place of a dateline is not in the text.
-- Heavy: reads every text once a span.
WITH spans AS (
    SELECT 'mention' AS table_name, mention_id AS row_id, article_id, start_offset, end_offset, mention_text AS words
    FROM mention
    UNION ALL
    SELECT 'place', place_id, article_id, start_offset, end_offset, place_text FROM place WHERE end_offset > 0
    UNION ALL
    SELECT 'date_mention', date_mention_id, article_id, start_offset, end_offset, date_text FROM date_mention
    UNION ALL
    SELECT 'quantity', quantity_id, article_id, start_offset, end_offset, quantity_text FROM quantity
    UNION ALL
    SELECT 'event_mention', event_mention_id, article_id, start_offset, end_offset, trigger_text FROM event_mention
    UNION ALL
    SELECT
        'event_participant', concat_ws(' ', p.event_mention_id, p.role, p.ordinal), m.article_id,
        p.start_offset, p.end_offset, p.participant_text
    FROM event_participant AS p
    JOIN event_mention AS m USING (event_mention_id)
)
SELECT s.*, substr(a.text, s.start_offset + 1, s.end_offset - s.start_offset) AS words_there
FROM spans AS s
JOIN article AS a USING (article_id)
WHERE words_there <> s.words;
