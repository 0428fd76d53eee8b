-- What a good poll teaches: validators and body hash are saved with the entries, also when nothing was new.
UPDATE feed SET
    -- a 304 may leave the validators out: those of the same body still hold
    etag = coalesce(batch.etag, CASE WHEN batch.body_sha256 = feed.body_sha256 THEN feed.etag END),
    last_modified = coalesce(
        batch.last_modified, CASE WHEN batch.body_sha256 = feed.body_sha256 THEN feed.last_modified END
    ),
    body_sha256 = coalesce(batch.body_sha256, feed.body_sha256),
    ttl_minutes = coalesce(batch.ttl_minutes, feed.ttl_minutes),
    feed_title = coalesce(feed.feed_title, batch.feed_title),
    last_poll_at = batch.last_poll_at, next_poll_at = batch.next_poll_at,
    failing_since = NULL, consecutive_failures = 0, last_error = NULL
FROM batch
WHERE feed.feed_id = batch.feed_id;
