-- How one story was told.
FROM story_timeline WHERE story_id = getvariable('story_id') ORDER BY published_at, article_id;
