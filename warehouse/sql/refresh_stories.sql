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
    SELECT
        t.story_id, min(e.first_seen_at) AS first_seen_at, count(DISTINCT e.feed_id) FILTER (t.is_latest) AS feed_count
    FROM told AS t
    JOIN entry AS e ON e.article_id = t.article_id
    GROUP BY t.story_id
), named AS ( -- one agency by one name, the commonest in the story
    SELECT story_id, list(agency ORDER BY agency) AS agencies
    FROM (
        SELECT story_id, arg_min(agency, (-articles, agency)) AS agency
        FROM (SELECT story_id, agency, count(*) AS articles FROM told WHERE is_latest GROUP BY story_id, agency)
        WHERE agency IS NOT NULL
        GROUP BY story_id, agency_key(agency)
    )
    GROUP BY story_id
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
    count(DISTINCT t.host) FILTER (t.is_latest) AS outlet_count,
    greatest(count(DISTINCT t.feed_id) FILTER (t.is_latest), any_value(s.feed_count)) AS feed_count,
    coalesce(any_value(n.agencies), []) AS agencies
FROM told AS t
LEFT JOIN seen AS s USING (story_id)
LEFT JOIN named AS n USING (story_id)
GROUP BY t.story_id;

CREATE OR REPLACE TEMP TABLE fresh AS
FROM made
EXCEPT
SELECT * EXCLUDE (run_id) FROM story WHERE story_id IN (SELECT story_id FROM batch);

DELETE FROM story
WHERE story_id IN (SELECT story_id FROM fresh) OR story_id IN (FROM batch ANTI JOIN made USING (story_id));

INSERT INTO story BY NAME SELECT *, $run_id AS run_id FROM fresh;
