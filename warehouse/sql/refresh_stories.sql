-- Stories as their articles now make them: first report, size, spread. One that comes out as it was keeps its row, and
-- with it the run that made it so; a story that has lost its articles is gone.
CREATE OR REPLACE TEMP TABLE made AS
WITH told AS (
    SELECT
        sa.story_id, sa.relation, sa.origin_article_id, a.article_id, a.title, a.published_at, a.is_latest, a.feed_id,
        a.agency, regexp_extract(a.url, '^[a-z]+://(?:www\.)?([^/:]+)', 1) AS host
    FROM story_article AS sa
    JOIN article AS a USING (article_id)
    WHERE sa.story_id IN (SELECT story_id FROM batch)
), seen AS (
    SELECT t.story_id, min(e.first_seen_at) AS first_seen_at, count(DISTINCT e.feed_id) AS feed_count
    FROM told AS t
    JOIN entry AS e ON e.article_id = t.article_id
    GROUP BY t.story_id
)
SELECT
    t.story_id,
    arg_min(t.title, (t.published_at IS NULL, t.published_at, t.article_id)) AS title,
    arg_min(t.article_id, (t.published_at IS NULL, t.published_at, t.article_id)) AS first_article_id,
    arg_min(t.feed_id, (t.published_at IS NULL, t.published_at, t.article_id)) AS first_feed_id,
    min(t.published_at) AS first_published_at,
    max(t.published_at) AS last_published_at,
    any_value(s.first_seen_at) AS first_seen_at,
    count(*) FILTER (t.is_latest) AS article_count,
    count(DISTINCT t.origin_article_id) FILTER (t.is_latest) AS report_count,
    count(DISTINCT t.host) AS outlet_count,
    greatest(count(DISTINCT t.feed_id), any_value(s.feed_count)) AS feed_count,
    coalesce(list(DISTINCT t.agency ORDER BY t.agency) FILTER (t.agency IS NOT NULL), []) AS agencies
FROM told AS t
LEFT JOIN seen AS s USING (story_id)
GROUP BY t.story_id;

CREATE OR REPLACE TEMP TABLE fresh AS
FROM made
EXCEPT
SELECT * EXCLUDE (run_id) FROM story WHERE story_id IN (SELECT story_id FROM batch);

DELETE FROM story
WHERE story_id IN (SELECT story_id FROM fresh) OR story_id IN (FROM batch ANTI JOIN made USING (story_id));

INSERT INTO story BY NAME SELECT *, $run_id AS run_id FROM fresh;
