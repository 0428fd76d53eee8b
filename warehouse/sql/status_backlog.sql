-- What waits for each stage: entries to be fetched, or fetched again later; pages to be read; articles for their story,
-- event mentions for their event.
SELECT
    (SELECT count(*) FROM entry WHERE status = 'pending') AS entries_pending,
    (SELECT count(*) FROM entry WHERE status = 'failed' AND next_attempt_at IS NOT NULL) AS entries_again,
    (SELECT count(DISTINCT capture_id) FROM entry WHERE status = 'fetched') AS captures_unread,
    (SELECT count(*) FROM article ANTI JOIN story_article USING (article_id)) AS articles_without_story,
    (SELECT count(*) FROM event_mention WHERE event_day IS NULL) AS mentions_without_event;
