-- Pages fetched on those days, and those that articles that stay were read from.
SELECT * FROM whole.capture
WHERE fetched_at >= getvariable('since')::TIMESTAMPTZ
   OR capture_id IN (SELECT capture_id FROM whole.article SEMI JOIN kept USING (article_id))
   OR capture_id IN (SELECT capture_id FROM whole.entry WHERE article_id IN (SELECT article_id FROM kept))
   OR capture_id IN (SELECT capture_id FROM whole.entry WHERE first_seen_at >= getvariable('since')::TIMESTAMPTZ);
