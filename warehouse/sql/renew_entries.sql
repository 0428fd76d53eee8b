-- An entry whose date of change or version has moved on is work again.
UPDATE entry SET
    title = batch.title, summary = batch.summary, content_html = batch.content_html,
    updated_at = batch.updated_at, entry_version = batch.entry_version, item_status = batch.item_status,
    status = batch.status, reason = batch.reason, stage = NULL, attempts = 0, next_attempt_at = NULL,
    run_id = batch.run_id
FROM batch
WHERE entry.feed_id = batch.feed_id
  AND entry.entry_id = batch.entry_id
  AND (batch.updated_at > coalesce(entry.updated_at, entry.published_at)
       OR batch.entry_version > entry.entry_version);
