-- All that is known of one feed.
SELECT
    f.feed_id, f.feed_title, f.agency, f.listed_url, f.feed_url, h.health, f.failing_since, f.gone_since, f.last_error,
    f.interval_seconds, f.hint_seconds, f.last_poll_at, f.next_poll_at, f.next_poll_reason, f.last_full_at,
    f.distrusted_until, f.move_url, f.move_seen, f.move_since, f.identity, f.identity_reason, f.watched_since,
    h.polls, h.entries, h.loaded, h.failed, h.waiting, h.last_new_entry_at,
    (SELECT max(published_at) FROM entry WHERE feed_id = $feed_id) AS newest_published_at,
    (SELECT count(*) / 14 FROM entry WHERE feed_id = $feed_id AND first_seen_at > now() - INTERVAL 14 DAY)
        AS entries_a_day,
    (SELECT avg(CAST(first_feed_id <> feed_id AS INTEGER)) FROM sightings WHERE feed_id = $feed_id) AS duplicate_share,
    (SELECT sum(renewals) FROM entry WHERE feed_id = $feed_id) AS renewals
FROM feed AS f
JOIN feed_health AS h USING (feed_id)
WHERE f.feed_id = $feed_id;
