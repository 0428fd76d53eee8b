-- What was asked and read: runs, polls, entries, captures, articles, names, places, dates, numbers, event mentions.
INSERT INTO run BY NAME
SELECT
    run_id, 'ingest' AS flow, '0' AS program_version, 'host' AS host, 1 AS pid, 'completed' AS status,
    any_value(seen_at) AS started_at, any_value(seen_at) + INTERVAL 2 MINUTE AS ended_at, 200 AS feeds_polled,
    1 AS feeds_failed, count(*) AS entries_new, count(*) AS pages_fetched, count(*) AS articles_loaded,
    3 * count(*) AS events_coded, 1 AS failures
FROM art
GROUP BY run_id;

CREATE OR REPLACE TEMP TABLE shown AS
SELECT *, 0 AS again FROM art
UNION ALL BY NAME
SELECT * REPLACE ('feed-' || (dice('feed', n, 1) % 200) AS feed_id), 1 AS again
FROM art
WHERE dice('again', n, 0) % 10 < 3 AND dice('feed', n, 1) % 200 <> dice('feed', n, 0) % 200;

INSERT INTO poll BY NAME
SELECT
    id('poll', concat(r.run_id, f.feed_id)) AS poll_id, f.feed_id, r.run_id, r.seen_at AS polled_at, 200 AS elapsed_ms,
    200 AS http_status, CASE WHEN coalesce(e.new, 0) > 0 THEN 'read' ELSE 'unchanged' END AS outcome,
    'rss20' AS feed_format, 20_000 AS size_bytes, 25 AS entries_seen, coalesce(e.new, 0) AS entries_new,
    f.feed_url AS asked_url, f.feed_url AS final_url
FROM (SELECT DISTINCT run_id, seen_at FROM art) AS r
CROSS JOIN feed AS f
LEFT JOIN (SELECT run_id, feed_id, count(*) AS new FROM shown GROUP BY ALL) AS e
    ON e.run_id = r.run_id AND e.feed_id = f.feed_id;
INSERT INTO failure BY NAME
SELECT
    id('failure', run_id) AS failure_id, run_id, seen_at AS failed_at, 'poll' AS stage, 'feed-0' AS feed_id,
    'https://feed0.example/rss' AS url, 'timeout' AS reason, 'no answer within 20 s' AS detail
FROM (SELECT DISTINCT run_id, seen_at FROM art);

INSERT INTO capture BY NAME
SELECT
    capture_id, url, url AS final_url, seen_at + INTERVAL 30 SECOND AS fetched_at, 200 AS http_status,
    'text/html' AS content_type, sha256(capture_id) AS body_sha256, 40_000 AS size_bytes,
    'raw/' || strftime(seen_at, '%Y/%m/%d') || '/' || run_id || '.warc.gz' AS warc_file, n % 100 * 9_000 AS warc_offset,
    9_000 AS warc_length, run_id
FROM art;

CREATE OR REPLACE TEMP TABLE titled AS
SELECT
    n, string_agg(sentence_text, ' ' ORDER BY j) AS text,
    any_value(concat(x_name, ' ', trigger_text, ' ', y_name)) FILTER (j = 1) AS title
FROM sentence
GROUP BY n;

INSERT INTO article BY NAME
WITH raw AS ( -- what the story is about, and a little of the article's own
    SELECT
        n, list_transform(
            range(384), lambda i: (dice(o, 'topic', i) % 2001)::DOUBLE + (dice(n, 'own', i) % 1001)::DOUBLE - 1500
        ) AS point
    FROM art
), sized AS (
    SELECT n, point, sqrt(list_sum(list_transform(point, lambda x: x * x))) AS length FROM raw
), vectors AS (
    SELECT n, list_transform(point, lambda x: round(x / length, 3))::FLOAT[384] AS vector FROM sized
)
SELECT
    a.article_id, a.url, CASE WHEN a.revises THEN 2 ELSE 1 END AS version, NOT a.revised AS is_latest, a.capture_id,
    a.feed_id, t.title, ['A. Writer'] AS byline, a.agency, a.published_at, 'meta' AS published_source,
    'second' AS published_precision, 'en' AS language, t.text, sha256(t.text) AS text_sha256,
    len(string_split(t.text, ' ')) AS word_count, length(t.text) AS character_count, 0 AS removed_count,
    [] AS marks, [] AS corrections, [] AS flags, 0.9 AS quality_score,
    list_transform(range(128), lambda i: (CASE
        WHEN a.relation = 'copy' AND dice(a.n, 'slot', i) % 100 < 97
            OR a.relation = 'update' AND dice(a.n, 'slot', i) % 100 < 65
        THEN dice(a.o, 'hash', i) ELSE dice(a.n, 'hash', i)
    END % 4294967296)::UINTEGER) AS minhash, 'made up' AS extractor,
    'made up' AS tagger, 'tagged' AS tag_status, v.vector, 'made up' AS vector_model, a.seen_at + INTERVAL 60 SECOND AS loaded_at, a.run_id,
    CASE WHEN a.revises THEN id('article', a.n - 4) END AS supersedes
FROM art AS a
JOIN titled AS t USING (n)
JOIN vectors AS v USING (n);
INSERT INTO article_claim BY NAME
WITH told AS (
    SELECT *, dice('title', article_id, 0) % 20 = 0 AS retitled, dice('day', article_id, 0) % 15 = 0 AS redated
    FROM art
    JOIN titled USING (n)
)
SELECT
    t.article_id, c.field, c.ordinal, c.source,
    CASE
        WHEN c.field = 'title' AND c.source = 'feed' AND t.retitled THEN left(t.title, 20)
        WHEN c.field = 'title' THEN t.title
        WHEN c.field = 'published_at' THEN strftime(
            t.published_at + to_days(CASE WHEN c.source = 'feed' AND t.redated THEN 1 ELSE 0 END), '%Y-%m-%dT%H:%M:%S+00:00'
        )
        WHEN c.field = 'language' THEN 'en'
        ELSE t.url
    END AS claim,
    c.ordinal = 1 AS chosen, t.run_id
FROM told AS t, (VALUES
    ('title', 1, 'json-ld'), ('title', 2, 'meta'), ('title', 3, 'feed'), ('published_at', 1, 'json-ld'),
    ('published_at', 2, 'feed'), ('language', 1, 'text'), ('language', 2, 'html'), ('url', 1, 'meta')
) AS c(field, ordinal, source);

INSERT INTO entry BY NAME
SELECT
    s.feed_id, id('entry', s.n) AS entry_id, 'guid-' || s.n AS guid, s.url, s.url AS link, t.title,
    left(t.text, 160) AS summary, id('content', s.o) AS content_id, s.published_at, s.seen_at AS first_seen_at,
    'loaded' AS status, [] AS subjects, s.capture_id, s.article_id, s.run_id
FROM shown AS s
JOIN titled AS t USING (n);

CREATE OR REPLACE TEMP TABLE named AS
WITH spans AS (
    SELECT article_id, run_id, published_at, x AS k, opens AS start_offset FROM sentence
    UNION ALL
    SELECT article_id, run_id, published_at, y, opens + length(x_name) + length(trigger_text) + 2 FROM sentence WHERE j <= 3
    UNION ALL
    SELECT article_id, run_id, published_at, z, opens + length(x_name) + length(trigger_text) + length(y_name) + 6
    FROM sentence
    WHERE j <= 3
)
SELECT p.*, p.start_offset + length(e.name) AS end_offset, e.* EXCLUDE (k)
FROM spans AS p
JOIN someone AS e USING (k);

INSERT INTO mention BY NAME
SELECT
    id('mention', concat(article_id, start_offset)) AS mention_id, article_id, entity_id, label, name AS mention_text,
    start_offset, end_offset,
    CASE WHEN kind = 'PERSON' AND dice('office', article_id, start_offset) % 4 = 0
    THEN ['President', 'General', 'Minister', 'Governor'][1 + dice('office', k, 0) % 4] END AS office,
    country, sector, run_id
FROM named;
INSERT INTO place BY NAME
SELECT
    id('place', concat(article_id, start_offset)) AS place_id, article_id, name AS place_text, start_offset, end_offset,
    name AS place_name, geonameid, latitude, longitude, country, 'Province ' || (geonameid % 20) AS admin1,
    'PPL' AS feature, 'city' AS place_precision, 'population' AS decided_by, 0.8 AS score, run_id
FROM named
WHERE geonameid IS NOT NULL;
INSERT INTO used
SELECT k, count(*), min(published_at), max(published_at), arg_min(article_id, published_at), arg_min(run_id, published_at)
FROM named
GROUP BY k;

INSERT INTO date_mention BY NAME
SELECT
    id('date', article_id) AS date_mention_id, article_id, substr(day, 5) AS date_text,
    opens + length(x_name) + length(trigger_text) + length(y_name) + length(z_name) + length(toll) + 10 AS start_offset,
    start_offset + length(day) - 4 AS end_offset, story_day AS date_start, story_day AS date_end,
    'day' AS date_precision, run_id
FROM (
    SELECT *, (published_at - to_microseconds(((n - s) * getvariable('step'))::BIGINT))::DATE AS story_day FROM sentence
)
WHERE j = 1;
INSERT INTO quantity BY NAME
SELECT
    id('quantity', concat(article_id, j)) AS quantity_id, article_id, killed::VARCHAR AS quantity_text,
    opens + length(x_name) + length(trigger_text) + length(y_name) + length(z_name) + 16 AS start_offset,
    start_offset + length(killed::VARCHAR) AS end_offset, killed AS low, killed AS high, 'people' AS unit,
    'killed' AS fate, run_id
FROM sentence
WHERE killed IS NOT NULL;

CREATE OR REPLACE TEMP TABLE happened AS
SELECT
    *, id('event mention', concat(article_id, j)) AS event_mention_id,
    CASE WHEN j = 3 AND s % 9 = 0 THEN 'planned' ELSE 'actual' END AS modality,
    (published_at - to_microseconds(((n - s) * getvariable('step'))::BIGINT))::DATE AS story_day,
    0.6 + (dice('sure', n, j) % 30) / 100 AS confidence
FROM sentence
WHERE j <= 3;
INSERT INTO event_mention BY NAME
SELECT
    h.event_mention_id, h.article_id, d.event_type, d.mode, d.quad, d.scale, d.trigger_text,
    h.opens + length(h.x_name) + 1 AS start_offset, start_offset + length(d.trigger_text) AS end_offset,
    h.sentence_text, h.opens AS sentence_start, h.opens + length(h.sentence_text) AS sentence_end,
    id('place', concat(h.article_id, h.opens + length(x_name) + length(d.trigger_text) + length(y_name) + 6)) AS place_id,
    'attached' AS place_from, CASE WHEN j = 1 THEN story_day END AS date_start,
    CASE WHEN j = 1 THEN story_day END AS date_end, CASE WHEN j = 1 THEN substr(day, 5) END AS date_text,
    CASE WHEN j = 1 THEN 'day' END AS date_precision, killed AS killed_low, killed AS killed_high,
    'affirmed' AS polarity, modality, CASE WHEN j = 2 THEN 'a spokesman' END AS attribution, 'lead' AS part, j = 1 AS in_headline,
    j AS happening, confidence, 'made.up' AS rule, run_id
FROM happened AS h
JOIN deed AS d USING (d);
INSERT INTO event_participant BY NAME
SELECT
    h.event_mention_id, r.role, 1 AS ordinal, e.name AS participant_text,
    h.opens + CASE r.role WHEN 'actor' THEN 0 ELSE length(x_name) + length(trigger_text) + 2 END AS start_offset,
    start_offset + length(e.name) AS end_offset, e.entity_id, e.country, e.sector, h.run_id
FROM happened AS h
CROSS JOIN (VALUES ('actor'), ('recipient')) AS r(role)
JOIN someone AS e ON e.k = CASE r.role WHEN 'actor' THEN h.x ELSE h.y END;
