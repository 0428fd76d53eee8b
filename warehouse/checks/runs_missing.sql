-- Every row says which run wrote it, and that run is in the book. What was grouped before that was kept does not say.
WITH written AS (
    SELECT 'poll' AS table_name, run_id, min(poll_id) AS row_id, count(*) AS rows_of_run FROM poll GROUP BY run_id
    UNION ALL SELECT 'entry', run_id, min(feed_id || ' ' || entry_id), count(*) FROM entry GROUP BY run_id
    UNION ALL SELECT 'capture', run_id, min(capture_id), count(*) FROM capture GROUP BY run_id
    UNION ALL SELECT 'failure', run_id, min(failure_id), count(*) FROM failure GROUP BY run_id
    UNION ALL SELECT 'drop_file', run_id, min(file_name), count(*) FROM drop_file GROUP BY run_id
    UNION ALL SELECT 'article', run_id, min(article_id), count(*) FROM article GROUP BY run_id
    UNION ALL SELECT 'article_claim', run_id, min(article_id), count(*) FROM article_claim GROUP BY run_id
    UNION ALL SELECT 'mention', run_id, min(mention_id), count(*) FROM mention GROUP BY run_id
    UNION ALL SELECT 'place', run_id, min(place_id), count(*) FROM place GROUP BY run_id
    UNION ALL SELECT 'date_mention', run_id, min(date_mention_id), count(*) FROM date_mention GROUP BY run_id
    UNION ALL SELECT 'quantity', run_id, min(quantity_id), count(*) FROM quantity GROUP BY run_id
    UNION ALL SELECT 'event_mention', run_id, min(event_mention_id), count(*) FROM event_mention GROUP BY run_id
    UNION ALL SELECT 'event_participant', run_id, min(event_mention_id), count(*) FROM event_participant GROUP BY run_id
    UNION ALL SELECT 'entity', run_id, min(entity_id), count(*) FROM entity GROUP BY run_id
    UNION ALL SELECT 'entity_alias', run_id, min(name_id), count(*) FROM entity_alias GROUP BY run_id
    UNION ALL SELECT 'story', run_id, min(story_id), count(*) FROM story WHERE run_id IS NOT NULL GROUP BY run_id
    UNION ALL SELECT 'story_article', run_id, min(article_id), count(*) FROM story_article WHERE run_id IS NOT NULL GROUP BY run_id
    UNION ALL SELECT 'event', run_id, min(event_id), count(*) FROM event WHERE run_id IS NOT NULL GROUP BY run_id
    UNION ALL SELECT 'article_pair', run_id, min(article_id), count(*) FROM article_pair WHERE run_id IS NOT NULL GROUP BY run_id
    UNION ALL SELECT 'article_band', run_id, min(article_id), count(*) FROM article_band WHERE run_id IS NOT NULL GROUP BY run_id
    UNION ALL SELECT 'article_term', run_id, min(article_id), count(*) FROM article_term WHERE run_id IS NOT NULL GROUP BY run_id
    UNION ALL SELECT 'entity_office', run_id, min(entity_id), count(*) FROM entity_office WHERE run_id IS NOT NULL GROUP BY run_id
    UNION ALL SELECT 'entity_day', run_id, min(entity_id), count(*) FROM entity_day WHERE run_id IS NOT NULL GROUP BY run_id
)
SELECT written.* FROM written ANTI JOIN run USING (run_id);
