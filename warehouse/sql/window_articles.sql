-- The articles of the window: published from that day on (loaded, where that is not known), and the others of their
-- stories, so that a copy is never without its original.
CREATE TEMP TABLE kept AS
WITH recent AS (
    SELECT article_id FROM whole.article
    WHERE coalesce(published_at, loaded_at) >= $since::DATE::TIMESTAMPTZ
)
SELECT article_id FROM recent
UNION
SELECT article_id FROM whole.story_article
WHERE story_id IN (SELECT story_id FROM whole.story_article SEMI JOIN recent USING (article_id));
