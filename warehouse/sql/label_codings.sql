-- What the sentences of labels are coded as in the latest texts of their articles; a row with NULLs where nothing is.
WITH asked AS (
    SELECT unnest($labels) AS label_id, unnest($articles) AS article_id, unnest($sentences) AS sentence_text
), latest AS (
    SELECT q.label_id, q.sentence_text, a.article_id, contains(a.text, q.sentence_text) AS is_told
    FROM asked AS q
    JOIN article AS judged USING (article_id)
    JOIN article AS a ON a.url = judged.url AND a.is_latest
)
SELECT
    k.label_id, k.is_told, m.event_mention_id, m.event_type, m.mode, m.polarity, m.modality, m.trigger_text,
    m.start_offset - m.sentence_start AS trigger_start, m.date_start, m.date_end, m.date_text,
    m.killed_low, m.wounded_low, m.arrested_low, m.captured_low, m.displaced_low,
    l.place_text, l.place_name, l.geonameid, p.parties
FROM latest AS k
LEFT JOIN event_mention AS m ON m.article_id = k.article_id AND m.sentence_text = k.sentence_text
LEFT JOIN place AS l ON l.place_id = m.place_id
LEFT JOIN (
    SELECT
        p.event_mention_id,
        list({
            'role': p.role, 'text': p.participant_text, 'entity_id': p.entity_id, 'name': e.entity_name
        } ORDER BY p.ordinal) AS parties
    FROM event_participant AS p
    LEFT JOIN entity AS e ON e.entity_id = p.entity_id
    WHERE p.event_mention_id IN (
        SELECT event_mention_id FROM event_mention SEMI JOIN latest USING (article_id)
    )
    GROUP BY p.event_mention_id
) AS p ON p.event_mention_id = m.event_mention_id
ORDER BY k.label_id, m.event_mention_id;
