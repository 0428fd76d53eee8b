-- Which entries of the batch were seen before.
SELECT entry.feed_id, entry.entry_id
FROM entry
JOIN batch USING (feed_id, entry_id);
