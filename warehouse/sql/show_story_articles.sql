-- The articles that tell some stories.
SELECT article_id FROM story_article WHERE list_contains(CAST($stories AS VARCHAR[]), story_id);
