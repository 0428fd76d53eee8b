-- What was changed after it was published, and does the outlet say so?
-- New versions at the same address, and agencies' updates and corrections, which come under addresses of their own.
SELECT
    published_at AS published, feed_id AS outlet, marks, title_before, title, corrections,
    len(lines_removed) AS lines_removed, len(lines_added) AS lines_added
FROM article_diff
ORDER BY published, article_id
LIMIT 4;
