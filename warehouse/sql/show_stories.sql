-- Stories by their ids, the largest first.
SELECT
    story_id, title, first_published_at, last_published_at, article_count, report_count, outlet_count, feed_count, agencies
FROM story
WHERE list_contains(CAST($stories AS VARCHAR[]), story_id)
ORDER BY article_count DESC, story_id;
