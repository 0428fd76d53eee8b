-- The story behind one event, the most reported one: each sentence that tells of it, its article and address.
WITH chosen AS (
    SELECT event_id FROM event
    WHERE len(actors) > 0 AND len(recipients) > 0 AND actor_sector IS NOT NULL AND country IS NOT NULL
    ORDER BY story_count DESC, article_count DESC, confidence DESC, event_day DESC, event_type, actors, event_id
    LIMIT 1
)
SELECT
    f.event_type AS type, f.sentence_text AS sentence, f.attribution AS says, a.title, a.relation,
    a.published_at AS published, f.url
FROM event_reports AS f
JOIN chosen USING (event_id)
JOIN latest_articles AS a USING (article_id)
ORDER BY a.published_at, f.url;
