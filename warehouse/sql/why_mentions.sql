-- All that a coded sentence is made of, for one event, event mention or article: its parts, its article, its page, its run.
SELECT
    m.*, a.title, a.agency, a.url, a.published_at, a.version, a.is_latest, a.feed_id, f.feed_title, a.tagger,
    l.place_text, l.start_offset AS place_start, l.end_offset AS place_end, l.place_name, l.geonameid, l.latitude,
    l.longitude, l.country, l.admin1, l.feature, l.place_precision, l.decided_by, l.score AS place_score,
    c.final_url, c.fetched_at, c.warc_file, c.warc_offset, r.flow, r.program_version, r.started_at,
    (SELECT list({
        'role': p.role, 'start': p.start_offset, 'end': p.end_offset, 'text': p.participant_text,
        'entity_id': p.entity_id, 'country': p.country, 'sector': p.sector, 'name': e.entity_name
     } ORDER BY p.role, p.ordinal)
     FROM event_participant AS p LEFT JOIN entity AS e ON e.entity_id = p.entity_id
     WHERE p.event_mention_id = m.event_mention_id) AS parties,
    (SELECT list({
        'start': d.start_offset, 'end': d.end_offset, 'text': d.date_text, 'date_start': d.date_start,
        'date_end': d.date_end, 'precision': d.date_precision
     } ORDER BY d.start_offset)
     FROM date_mention AS d
     WHERE d.article_id = m.article_id AND d.start_offset >= m.sentence_start AND d.end_offset <= m.sentence_end)
        AS dates,
    (SELECT list({
        'start': q.start_offset, 'end': q.end_offset, 'text': q.quantity_text, 'low': q.low, 'high': q.high,
        'unit': q.unit, 'fate': q.fate
     } ORDER BY q.start_offset)
     FROM quantity AS q
     WHERE q.article_id = m.article_id AND q.start_offset >= m.sentence_start AND q.end_offset <= m.sentence_end)
        AS quantities
FROM event_mention AS m
JOIN article AS a USING (article_id)
LEFT JOIN feed AS f ON f.feed_id = a.feed_id
LEFT JOIN place AS l ON l.place_id = m.place_id
LEFT JOIN capture AS c ON c.capture_id = a.capture_id
LEFT JOIN run AS r ON r.run_id = m.run_id
WHERE $id = CASE $kind WHEN 'event' THEN m.event_id WHEN 'article' THEN m.article_id ELSE m.event_mention_id END
ORDER BY a.is_latest DESC, a.published_at, a.url, a.version, m.start_offset, m.event_mention_id;
