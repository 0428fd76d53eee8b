-- Stories as their articles now make them: first report, size, spread.
INSERT OR REPLACE INTO story BY NAME
WITH told AS (
    SELECT sa.story_id, sa.relation, a.*
    FROM story_article AS sa
    JOIN article AS a USING (article_id)
    WHERE sa.story_id IN (SELECT story_id FROM batch)
)
SELECT
    t.story_id,
    arg_min(t.title, (t.published_at IS NULL, t.published_at, t.article_id)) AS title,
    min(t.published_at) AS first_published_at,
    arg_min(t.article_id, (t.published_at IS NULL, t.published_at, t.article_id)) AS first_article_id,
    count(*) FILTER (t.is_latest) AS article_count,
    count(DISTINCT t.feed_id) AS feed_count
FROM told AS t
GROUP BY t.story_id;
