-- Entries from before it was noted what they say.
UPDATE entry SET content_id = batch.content_id
FROM batch
WHERE entry.feed_id = batch.feed_id AND entry.entry_id = batch.entry_id AND entry.content_id IS NULL;
