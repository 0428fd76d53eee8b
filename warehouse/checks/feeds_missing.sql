-- What says which feed it is of means one that is there.
WITH told AS (
    SELECT 'poll' AS table_name, poll_id AS row_id, feed_id FROM poll
    UNION ALL SELECT 'entry', concat(feed_id, ' ', entry_id), feed_id FROM entry
    UNION ALL SELECT 'article', article_id, feed_id FROM article
    UNION ALL SELECT 'feed_address', concat(feed_id, ' ', feed_url), feed_id FROM feed_address
    UNION ALL SELECT 'drop_file', concat(feed_id, ' ', file_name), feed_id FROM drop_file
    UNION ALL SELECT 'backfill_file', file_path, feed_id FROM backfill_file
    UNION ALL SELECT 'story', story_id, first_feed_id FROM story
    UNION ALL SELECT 'failure', failure_id, feed_id FROM failure WHERE feed_id IS NOT NULL
)
SELECT told.* FROM told ANTI JOIN feed USING (feed_id);
