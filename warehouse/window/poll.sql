-- Polls of those days, and those that saw the articles that stay.
SELECT * FROM whole.poll
WHERE polled_at >= getvariable('since')::TIMESTAMPTZ
   OR (feed_id, run_id) IN (SELECT (feed_id, run_id) FROM whole.entry WHERE article_id IN (SELECT article_id FROM kept));
