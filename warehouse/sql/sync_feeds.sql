-- Bring the operator's list into the warehouse; a new address forgets the old one's validators.
MERGE INTO feed
USING batch
ON feed.feed_id = batch.feed_id
WHEN MATCHED AND feed.feed_url <> batch.feed_url THEN UPDATE SET
    feed_url = batch.feed_url, feed_title = batch.feed_title, agency = batch.agency, country = batch.country,
    language = batch.language, interval_seconds = batch.interval_seconds, enabled = batch.enabled,
    etag = NULL, last_modified = NULL, body_sha256 = NULL, next_poll_at = NULL
WHEN MATCHED THEN UPDATE SET
    feed_title = coalesce(batch.feed_title, feed.feed_title), agency = batch.agency, country = batch.country,
    language = batch.language, interval_seconds = batch.interval_seconds, enabled = batch.enabled
WHEN NOT MATCHED THEN INSERT BY NAME;
