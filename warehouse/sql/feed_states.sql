-- What polling has taught about each feed.
SELECT feed_id, etag, last_modified, body_sha256, ttl_minutes, last_poll_at, next_poll_at, consecutive_failures
FROM feed;
