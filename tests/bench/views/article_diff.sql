-- What was changed in a month.
SELECT title_before, title, lines_added FROM article_diff WHERE published_at >= getvariable('month')::TIMESTAMPTZ ORDER BY published_at;
