-- Bring the operator's list into the warehouse; another address there forgets what was learnt at the old one,
-- and a feed that was paused is watched anew. A row that stays as it is is not written: a run that finds nothing to do
-- changes nothing.
UPDATE feed SET
    listed_url = batch.listed_url, feed_url = batch.listed_url,
    feed_title = batch.feed_title, agency = batch.agency, country = batch.country,
    language = batch.language, interval_seconds = batch.interval_seconds, enabled = batch.enabled,
    etag = NULL, last_modified = NULL, body_sha256 = NULL, hint_seconds = NULL, next_poll_at = NULL,
    next_poll_reason = NULL, last_full_at = NULL, last_unchanged_at = NULL, distrusted_until = NULL,
    failing_since = NULL, gone_since = NULL, consecutive_failures = 0, last_error = NULL,
    move_url = NULL, move_seen = NULL, move_since = NULL
FROM batch
WHERE feed.feed_id = batch.feed_id AND feed.listed_url IS DISTINCT FROM batch.listed_url;

MERGE INTO feed
USING batch
ON feed.feed_id = batch.feed_id
WHEN MATCHED AND (
    feed.feed_title, feed.agency, feed.country, feed.language, feed.enabled, feed.interval_seconds
) IS DISTINCT FROM (
    coalesce(batch.feed_title, feed.feed_title), batch.agency, batch.country, batch.language, batch.enabled,
    batch.interval_seconds
) THEN UPDATE SET
    feed_title = coalesce(batch.feed_title, feed.feed_title), agency = batch.agency, country = batch.country,
    language = batch.language, enabled = batch.enabled, interval_seconds = batch.interval_seconds,
    watched_since = CASE WHEN feed.enabled OR NOT batch.enabled THEN feed.watched_since END,
    -- another pace holds from now on, not from the poll after next; a feed that fails keeps its wait
    next_poll_at = CASE WHEN feed.interval_seconds IS NOT DISTINCT FROM batch.interval_seconds
                          OR feed.consecutive_failures > 0
                        THEN feed.next_poll_at END
WHEN NOT MATCHED THEN INSERT (
    feed_id, listed_url, feed_url, feed_title, agency, country, language, interval_seconds, enabled
) VALUES (
    batch.feed_id, batch.listed_url, batch.listed_url, batch.feed_title, batch.agency, batch.country, batch.language,
    batch.interval_seconds, batch.enabled
);
