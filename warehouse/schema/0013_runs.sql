-- What is grouped says which execution made it so. Rows of earlier versions do not know.

ALTER TABLE story ADD COLUMN run_id VARCHAR;
ALTER TABLE story_article ADD COLUMN run_id VARCHAR;
ALTER TABLE event ADD COLUMN run_id VARCHAR;
ALTER TABLE article_pair ADD COLUMN run_id VARCHAR;
COMMENT ON COLUMN story.run_id IS 'The execution that wrote the row. The last that changed it; NULL: made before this was kept.';
COMMENT ON COLUMN story_article.run_id IS 'The execution that wrote the row. The last that changed it; NULL: made before this was kept.';
COMMENT ON COLUMN event.run_id IS 'The execution that wrote the row. The last that changed it; NULL: made before this was kept.';
COMMENT ON COLUMN article_pair.run_id IS 'The execution that wrote the row. NULL: made before this was kept.';
COMMENT ON COLUMN article.run_id IS 'The execution that wrote the row. The last that changed what was read of the page or who read the text.';
