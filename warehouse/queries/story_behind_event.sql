-- The story behind one event (the most reported one): each sentence that tells of it, its article and address.
WITH chosen AS (
    SELECT event_id FROM event
    WHERE len(actors) > 0
    ORDER BY article_count DESC, confidence DESC, event_id
    LIMIT 1
)
SELECT f.event_type, f.sentence_text AS sentence, a.title, a.relation, f.agency, a.published_at, f.url
FROM event_feed AS f
JOIN chosen USING (event_id)
JOIN latest_articles AS a USING (article_id)
ORDER BY a.published_at, f.url;
