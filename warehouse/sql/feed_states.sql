-- What polling has taught about some feeds.
SELECT
    feed_id, feed_url, listed_url, watched_since, etag, last_modified, body_sha256, hint_seconds,
    last_poll_at, next_poll_at, next_poll_reason, last_full_at, last_unchanged_at, distrusted_until,
    failing_since, gone_since, consecutive_failures, last_error,
    move_url, move_seen, move_since, identity, identity_reason
FROM feed
WHERE feed_id IN (SELECT unnest($feeds));
