-- The articles of one stretch, `low` to below `high`, and their sentences. Of ten in a row, the first six tell one story:
-- a first report, three copies, an update (every other time a new version at the first's address) and a rewrite; then two
-- that stand alone, and one with a copy. A hundred are the work of one run.
CREATE OR REPLACE TEMP TABLE art AS
WITH laid AS (
    SELECT
        n, n % 10 AS pos, n - n % 10 + [0, 0, 0, 0, 0, 0, 6, 7, 8, 8][1 + n % 10] AS s,
        n - [0, 1, 2, 3, 4, 0, 0, 0, 0, 1][1 + n % 10] AS o, n % 20 = 4 AS revises, n % 20 = 0 AS revised,
        ['first', 'copy', 'copy', 'copy', 'update', 'rewrite', 'first', 'first', 'first', 'copy'][1 + n % 10] AS relation,
        getvariable('start') + to_microseconds((n * getvariable('step'))::BIGINT) AS published_at,
        getvariable('start') + to_microseconds(((n - n % 100 + 100) * getvariable('step'))::BIGINT) AS seen_at
    FROM range(getvariable('low'), getvariable('high')) AS t(n)
)
SELECT
    *, id('article', n) AS article_id, id('article', o) AS origin_article_id, id('capture', n) AS capture_id,
    id('run', n // 100) AS run_id, id('story', s) AS story_id, 'feed-' || (dice('feed', n, 0) % 200) AS feed_id,
    CASE WHEN dice('agency', o, 0) % 3 > 0 THEN 'Agency ' || (dice('agency', o, 1) % 40) END AS agency,
    'https://www.outlet' || (dice('outlet', n - 4 * revises::INTEGER, 0) % 300) || '.example/news/'
        || (n - 4 * revises::INTEGER) AS url
FROM laid;

CREATE OR REPLACE TEMP TABLE sentence AS
WITH drawn AS (
    SELECT
        n, s, o, j, published_at, article_id, run_id,
        CASE WHEN relation = 'copy' AND j < 14 OR relation = 'update' AND j <= 10 THEN o ELSE n END AS t,
        somebody(CASE WHEN j <= 3 THEN s ELSE t END, j, 1) AS x, somebody(s, j, 2) AS y, somebody(s, j, 3) AS z,
        (dice('deed', s, j) % 16)::INTEGER AS d
    FROM art, range(1, 15) AS u(j)
), cast_ AS (
    SELECT
        * EXCLUDE (x, y, z),
        CASE WHEN j <= 3 AND x % 5 = 4 THEN x - 1 ELSE x END AS x,
        CASE WHEN j <= 3 THEN y - y % 5 + y % 4 END AS y,
        CASE WHEN j <= 3 THEN z - z % 5 + 4 END AS z,
        CASE WHEN j <= 3 AND d < 2 THEN 1 + dice('toll', s, j) % 30 + dice('toll', t, j) % 2 END AS killed
    FROM drawn
), worded AS (
    SELECT
        c.*, a.name AS x_name, b.name AS y_name, p.name AS z_name, e.trigger_text,
        CASE WHEN killed IS NOT NULL THEN ', killing ' || killed || ' people' ELSE '' END AS toll,
        CASE WHEN j = 1 THEN ' on ' || dayname(published_at - to_microseconds(((n - s) * getvariable('step'))::BIGINT))
        ELSE '' END AS day,
        l.tail
    FROM cast_ AS c
    JOIN someone AS a ON a.k = c.x
    LEFT JOIN someone AS b ON b.k = c.y
    LEFT JOIN someone AS p ON p.k = c.z
    LEFT JOIN deed AS e ON e.d = c.d AND c.j <= 3
    JOIN tail AS l ON l.k = dice('tail', t, j) % 20_000
), told AS (
    SELECT *, CASE
        WHEN j <= 3 THEN concat(x_name, ' ', trigger_text, ' ', y_name, ' in ', z_name, toll, day, ', ', tail, '.')
        ELSE concat(x_name, ' ', tail, '.')
    END AS sentence_text
    FROM worded
)
SELECT
    * EXCLUDE (tail), coalesce(sum(length(sentence_text) + 1) OVER (
        PARTITION BY n ORDER BY j ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
    ), 0)::INTEGER AS opens
FROM told;
