-- What grouping would have made of a stretch: signs, pairs, stories, events.
INSERT INTO article_band BY NAME
WITH cut AS (
    SELECT article_id, published_at::DATE AS grouped_on, run_id, minhash, unnest(range(42)) AS b
    FROM article
    SEMI JOIN art USING (article_id)
)
SELECT
    fnv(fnv(fnv(fnv(14695981039346656037, b), minhash[3 * b + 1]), minhash[3 * b + 2]), minhash[3 * b + 3]) AS band_key,
    article_id, grouped_on, run_id
FROM cut;

INSERT INTO article_term BY NAME
WITH words AS (
    SELECT article_id, published_at::DATE AS grouped_on, lower(unnest(string_split(concat_ws(' ', x_name, y_name), ' '))) AS term
    FROM sentence
    WHERE j <= 3
    UNION
    SELECT article_id, published_at::DATE, '=' || (100_000 + z) FROM sentence WHERE j <= 3
    UNION
    SELECT article_id, published_at::DATE, w.word
    FROM sentence
    CROSS JOIN range(5) AS u(i)
    JOIN word AS w ON w.w = dice('term', t, i) % 30_000
    WHERE j = 4
)
SELECT term, 1 / sqrt(count(*) OVER (PARTITION BY article_id)) AS weight, article_id, grouped_on, run_id
FROM words
JOIN art USING (article_id);

INSERT INTO article_pair BY NAME
SELECT
    a.article_id, b.article_id AS other_article_id,
    CASE WHEN a.o <> b.o THEN 0.02 WHEN 'update' IN (a.relation, b.relation) THEN 0.65 ELSE 0.97 END AS word_overlap,
    CASE WHEN a.o <> b.o THEN 0.7 ELSE 1 END AS term_overlap, a.published_at::DATE AS grouped_on, a.run_id
FROM art AS a
JOIN art AS b ON a.s = b.s AND a.n > b.n;

INSERT INTO story_article BY NAME
SELECT
    article_id, story_id, relation,
    CASE relation WHEN 'first' THEN 1 WHEN 'copy' THEN 0.97 WHEN 'update' THEN 0.65 ELSE 0.7 END AS similarity,
    CASE WHEN relation IN ('copy', 'update') THEN origin_article_id END AS copied_from, origin_article_id, run_id
FROM art;
INSERT INTO story BY NAME
SELECT
    a.story_id, arg_min(t.title, n) AS title, arg_min(a.article_id, n) AS first_article_id,
    arg_min(a.feed_id, n) AS first_feed_id, min(published_at) AS first_published_at,
    max(published_at) AS last_published_at, min(seen_at) AS first_seen_at,
    count(*) FILTER (NOT revised) AS article_count, count(DISTINCT o) FILTER (NOT revised) AS report_count,
    count(DISTINCT regexp_extract(url, '//www\.([^/]+)', 1)) AS outlet_count, count(DISTINCT feed_id) AS feed_count,
    coalesce(list(DISTINCT agency ORDER BY agency) FILTER (agency IS NOT NULL), []) AS agencies,
    arg_max(a.run_id, n) AS run_id
FROM art AS a
JOIN titled AS t USING (n)
GROUP BY a.story_id;

UPDATE event_mention SET
    event_day = coalesce(event_mention.date_start, h.published_at::DATE),
    grouped_on = coalesce(event_mention.date_start, h.published_at::DATE),
    event_id = CASE WHEN h.modality = 'actual' THEN id('event', concat(h.s, '.', h.j)) END
FROM happened AS h
WHERE event_mention.event_mention_id = h.event_mention_id;

INSERT INTO event BY NAME
WITH told AS (
    SELECT h.*, a.agency, a.origin_article_id, a.story_id
    FROM happened AS h
    JOIN art AS a USING (n)
    WHERE h.modality = 'actual' AND NOT a.revised
), summed AS (
    SELECT
        s, j, any_value(d) AS d, any_value(x) AS x, any_value(y) AS y, any_value(z) AS z,
        min(story_day) AS story_day, min(published_at) AS first_reported_at, max(published_at) AS last_reported_at,
        min(killed) AS killed_low, max(killed) AS killed_high, count(*) AS mention_count,
        count(DISTINCT origin_article_id) AS report_count,
        coalesce(list(DISTINCT agency ORDER BY agency) FILTER (agency IS NOT NULL), []) AS agencies,
        max(confidence) AS confidence, arg_max(event_mention_id, (confidence, -n)) AS lead_event_mention_id,
        arg_max(run_id, n) AS run_id
    FROM told
    GROUP BY s, j
)
SELECT
    id('event', concat(e.s, '.', e.j)) AS event_id, d.event_type, d.mode, d.quad, d.scale,
    [x.name] AS actors, [x.entity_id] AS actor_ids, x.country AS actor_country, x.sector AS actor_sector,
    [y.name] AS recipients, [y.entity_id] AS recipient_ids, y.country AS recipient_country, y.sector AS recipient_sector,
    z.name AS place_name, z.geonameid, z.latitude, z.longitude, z.country,
    'Province ' || (z.geonameid % 20) AS admin1, 'PPL' AS feature, 'city' AS place_precision,
    CASE WHEN j = 1 THEN story_day ELSE first_reported_at::DATE END AS event_day,
    CASE WHEN j = 1 THEN story_day END AS date_start, CASE WHEN j = 1 THEN story_day END AS date_end,
    CASE WHEN j = 1 THEN 'day' END AS date_precision, first_reported_at::DATE AS reported_on,
    first_reported_at, last_reported_at, killed_low, killed_high, mention_count, mention_count AS article_count,
    report_count, 1 AS story_count, agencies, confidence, lead_event_mention_id, run_id
FROM summed AS e
JOIN deed AS d USING (d)
JOIN someone AS x ON x.k = e.x
JOIN someone AS y ON y.k = e.y
JOIN someone AS z ON z.k = e.z;

UPDATE article_claim SET disputed = field = 'title' AND dice('title', article_claim.article_id, 0) % 20 = 0
    OR field = 'published_at' AND dice('day', article_claim.article_id, 0) % 15 = 0
FROM art
WHERE article_claim.article_id = art.article_id;
