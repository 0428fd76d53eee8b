-- Entries that these feeds have shown before under the id, the guid or the address of one in the batch.
WITH found AS (
    SELECT e.feed_id, e.entry_id FROM entry AS e SEMI JOIN batch USING (feed_id, entry_id)
    UNION
    SELECT e.feed_id, e.entry_id FROM entry AS e SEMI JOIN batch USING (feed_id, guid)
    UNION
    SELECT e.feed_id, e.entry_id FROM entry AS e SEMI JOIN batch USING (feed_id, url)
)
SELECT e.feed_id, e.entry_id, e.guid, e.url, e.title
FROM entry AS e
SEMI JOIN found USING (feed_id, entry_id);
