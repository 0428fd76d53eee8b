-- The whole articles that feeds carried for these addresses; the oldest sighting speaks for the address.
SELECT url, arg_min(content_html, (first_seen_at, feed_id)) AS content_html
FROM entry
WHERE full_text AND content_html IS NOT NULL AND url IN (SELECT unnest($urls))
GROUP BY url;
