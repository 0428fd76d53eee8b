-- The newest version of each article, with its story and how it stands to the first report.
--   SELECT published_at, title, url FROM latest_articles WHERE feed_id = 'meridian-world' ORDER BY published_at DESC LIMIT 20;
CREATE OR REPLACE VIEW latest_articles AS
SELECT
    a.article_id, a.title, a.published_at, a.language, a.agency, a.dateline, a.byline, a.text, a.word_count,
    a.url, a.feed_id, f.feed_title, sa.story_id, sa.relation, a.version, a.capture_id, a.loaded_at
FROM article AS a
LEFT JOIN feed AS f USING (feed_id)
LEFT JOIN story_article AS sa USING (article_id)
WHERE a.is_latest;
COMMENT ON VIEW latest_articles IS 'The newest version of each article, with its story.';
