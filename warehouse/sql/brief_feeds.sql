-- The feeds that are polled, those in trouble first.
SELECT
    h.feed_id, f.feed_title, h.health, h.failing_since, h.last_error, h.last_poll_at, h.last_new_entry_at, h.entries,
    h.loaded, h.failed, h.waiting
FROM feed_health AS h
JOIN feed AS f USING (feed_id)
WHERE h.enabled
ORDER BY list_position(['gone', 'failing', 'new', 'good'], h.health), h.feed_id;
