-- Sightings of those days, and of the articles that stay.
SELECT * FROM whole.entry
WHERE first_seen_at >= getvariable('since')::TIMESTAMPTZ
   OR article_id IN (SELECT article_id FROM kept);
