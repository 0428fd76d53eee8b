-- What a poll has taught: saved with its entries, also when nothing was new.
UPDATE feed SET
    feed_url = batch.feed_url, feed_title = coalesce(feed.feed_title, batch.feed_title),
    watched_since = batch.watched_since,
    etag = batch.etag, last_modified = batch.last_modified, body_sha256 = batch.body_sha256,
    hint_seconds = batch.hint_seconds,
    last_poll_at = batch.last_poll_at, next_poll_at = batch.next_poll_at, next_poll_reason = batch.next_poll_reason,
    last_full_at = batch.last_full_at, last_unchanged_at = batch.last_unchanged_at,
    distrusted_until = batch.distrusted_until,
    failing_since = batch.failing_since, gone_since = batch.gone_since,
    consecutive_failures = batch.consecutive_failures, last_error = batch.last_error,
    move_url = batch.move_url, move_seen = batch.move_seen, move_since = batch.move_since,
    identity = batch.identity, identity_reason = batch.identity_reason
FROM batch
WHERE feed.feed_id = batch.feed_id;
