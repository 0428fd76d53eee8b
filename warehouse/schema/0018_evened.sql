-- Migrations 0011 to 0017 were changed within hours of their first texts. A warehouse that went through those is made like
-- any other; all others are so already.

-- The first text of 0014 left counts NULL that are 0, and took withdrawn articles for reports.
UPDATE entity SET mentions = 0, articles = 0
WHERE mentions IS NULL
  AND EXISTS (FROM schema_migration WHERE migration_sha256 = '92a797b4c3a1240b5f5598cca4353f64965e5894b97f30816983f9563965e51a');
UPDATE story SET report_count = told.report_count
FROM (
    SELECT m.story_id, count(DISTINCT m.origin_article_id) FILTER (a.is_latest) AS report_count
    FROM story_article AS m
    JOIN article AS a USING (article_id)
    GROUP BY m.story_id
) AS told
WHERE story.story_id = told.story_id AND story.report_count <> told.report_count
  AND EXISTS (FROM schema_migration WHERE migration_sha256 = '92a797b4c3a1240b5f5598cca4353f64965e5894b97f30816983f9563965e51a');

-- That of 0017 left sites, feeds and agencies of texts that do not stand.
UPDATE story SET outlet_count = told.outlets, feed_count = greatest(told.feeds, told.feeds_seen), agencies = told.agencies
FROM (
    SELECT
        m.story_id, count(DISTINCT e.feed_id) AS feeds_seen, count(DISTINCT a.feed_id) AS feeds,
        count(DISTINCT regexp_extract(a.url, '^[a-z]+://(?:www\.)?([^/:]+)', 1)) AS outlets,
        coalesce(list(DISTINCT a.agency ORDER BY a.agency) FILTER (a.agency IS NOT NULL), []) AS agencies
    FROM story_article AS m
    JOIN article AS a USING (article_id)
    LEFT JOIN entry AS e USING (article_id)
    WHERE a.is_latest
    GROUP BY m.story_id
) AS told
WHERE story.story_id = told.story_id
  AND EXISTS (FROM schema_migration WHERE migration_sha256 = '59240dc6a463f02f4b81e02877b17c9c9e5f3a7119c9a87f6a52b81e11c111f8');
UPDATE story SET outlet_count = 0, feed_count = 0, agencies = []
WHERE article_count = 0
  AND EXISTS (FROM schema_migration WHERE migration_sha256 = '59240dc6a463f02f4b81e02877b17c9c9e5f3a7119c9a87f6a52b81e11c111f8');

-- Others had other comments.
COMMENT ON COLUMN poll.poll_id IS 'The poll. Hash of feed, execution and time.';
COMMENT ON COLUMN failure.failure_id IS 'The failure. Hash of execution, stage, feed, address and time.';
COMMENT ON COLUMN mention.mention_id IS 'The mention. Hash of article, offsets and label.';
COMMENT ON COLUMN date_mention.date_mention_id IS 'The date mention. Hash of article and offsets.';
COMMENT ON COLUMN quantity.quantity_id IS 'The quantity. Hash of article and offsets.';
COMMENT ON COLUMN backfill_file.feed_id IS 'The feed. The one that its pages are counted to.';
COMMENT ON COLUMN backfill_file.size_bytes IS 'Size in bytes. When it was read.';
COMMENT ON COLUMN backfill_file.read_at IS 'When it was read, UTC. The last time.';
COMMENT ON COLUMN story.outlet_count IS 'Sites that carry it, by host name. Texts that stand.';
COMMENT ON COLUMN story.feed_count IS 'Feeds that carry it. Texts that stand.';
COMMENT ON COLUMN story.agencies IS 'News agencies and publishers behind its texts, each once. Texts that stand; of the ways in which a name is written there ("Meridian", "Meridian News Agency") the commonest.';
COMMENT ON COLUMN event.agencies IS 'News agencies and publishers behind its texts, each once. Texts that stand; of the ways in which a name is written there the commonest.';
