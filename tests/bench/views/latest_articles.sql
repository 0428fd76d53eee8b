-- The last of a feed.
SELECT published_at, title, url FROM latest_articles WHERE feed_id = 'feed-7' ORDER BY published_at DESC LIMIT 20;
