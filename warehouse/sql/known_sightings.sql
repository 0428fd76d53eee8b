-- Entries that these feeds have shown before under the guid or the address of one in the batch.
SELECT DISTINCT e.feed_id, e.entry_id, e.guid, e.url, e.title
FROM entry AS e
JOIN batch USING (feed_id)
WHERE e.entry_id = batch.entry_id OR e.guid = batch.guid OR e.url = batch.url;
