-- Where a row comes from: event, sentence, article version, page in its WARC file, sighting, poll, feed, run. One row a
-- report and sighting of its article, superseded versions included.
--   SELECT sentence_text, warc_file, warc_offset, poll_id FROM provenance WHERE event_id = (SELECT arg_max(event_id, report_count) FROM event);
CREATE OR REPLACE VIEW provenance AS
SELECT
    m.event_id, m.event_mention_id, m.event_type, m.rule, m.sentence_text, m.sentence_start, m.sentence_end,
    a.article_id, a.version, a.is_latest, a.url, a.title, a.published_at, a.extractor, a.tagger,
    c.capture_id, c.final_url, c.fetched_at, c.body_sha256, c.warc_file, c.warc_offset, c.warc_length, c.pruned_at,
    coalesce(n.feed_id, a.feed_id) AS feed_id, n.entry_id, n.guid, n.first_seen_at, p.poll_id, f.feed_url, f.feed_title,
    m.run_id, r.flow, r.program_version, r.started_at, e.run_id AS grouped_run_id
FROM event_mention AS m
JOIN article AS a USING (article_id)
LEFT JOIN capture AS c ON c.capture_id = a.capture_id
LEFT JOIN entry AS n ON n.article_id = a.article_id
LEFT JOIN poll AS p ON p.feed_id = n.feed_id AND p.polled_at = n.first_seen_at
LEFT JOIN feed AS f ON f.feed_id = coalesce(n.feed_id, a.feed_id)
LEFT JOIN run AS r ON r.run_id = m.run_id
LEFT JOIN event AS e ON e.event_id = m.event_id;
COMMENT ON VIEW provenance IS 'Where a row comes from: event, sentence, article version, page in its WARC file, sighting, poll, feed, run. One row a report and sighting of its article.';
COMMENT ON COLUMN provenance.poll_id IS 'The poll. The one that first saw the entry; NULL when it is not kept.';
COMMENT ON COLUMN provenance.grouped_run_id IS 'The execution that last changed the event. NULL: no event, or not known.';
