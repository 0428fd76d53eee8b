-- Events as they are coded in these articles.
SELECT
    m.article_id, m.sentence_text, m.start_offset, m.end_offset, m.event_type, m.mode, m.polarity, m.modality,
    l.place_text, m.date_start, m.date_end, m.killed_low, m.wounded_low, m.arrested_low,
    list(p.participant_text ORDER BY p.ordinal) FILTER (p.role = 'actor') AS actors,
    list(p.participant_text ORDER BY p.ordinal) FILTER (p.role = 'recipient') AS recipients
FROM event_mention AS m
LEFT JOIN place AS l USING (place_id)
LEFT JOIN event_participant AS p USING (event_mention_id)
WHERE list_contains($articles, m.article_id)
GROUP BY ALL;
