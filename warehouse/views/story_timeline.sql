-- How a story spread: one row an article, with how it stands to the reports before it and how much later it came.
--   FROM story_timeline WHERE story_title ILIKE '%Butembo%' ORDER BY published_at, article_id;
CREATE OR REPLACE VIEW story_timeline AS
SELECT
    m.story_id, s.title AS story_title, a.published_at,
    round(epoch(a.published_at - s.first_published_at) / 60, 1) AS minutes_after_first,
    m.relation, m.similarity, a.title, a.agency, a.feed_id, a.language, a.url, a.article_id,
    m.copied_from, o.url AS copied_from_url, m.origin_article_id, a.version, a.is_latest,
    s.article_count, s.report_count
FROM story AS s
JOIN story_article AS m USING (story_id)
JOIN article AS a USING (article_id)
LEFT JOIN article AS o ON o.article_id = m.copied_from;
COMMENT ON VIEW story_timeline IS 'How a story spread: one row an article, with how it stands to the reports before it and how much later it came.';
COMMENT ON COLUMN story_timeline.story_title IS 'Headline of the story''s first article.';
COMMENT ON COLUMN story_timeline.minutes_after_first IS 'Minutes after the first. By publication.';
COMMENT ON COLUMN story_timeline.copied_from_url IS 'Address of the earlier article whose words it has.';
