-- The sentences that report some events, each with who publishes it; those of texts that stand first.
SELECT
    m.event_id, m.event_mention_id, m.sentence_text, m.article_id, a.agency, a.feed_id, a.url, a.published_at, a.is_latest
FROM event_mention AS m
JOIN article AS a USING (article_id)
WHERE m.event_id IN (SELECT unnest($event_ids))
ORDER BY m.event_id, a.is_latest DESC, a.published_at, a.url, m.start_offset, m.event_mention_id;
