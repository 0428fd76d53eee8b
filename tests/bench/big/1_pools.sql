-- What articles are made of: words, ends of sentences, entities, kinds of events. Numbers are hashes of what they are
-- for, so that a part of an article can be made again wherever it is copied.
CREATE OR REPLACE TEMP MACRO dice(a, b, c) AS (hash(getvariable('seed'), a, b, c) >> 1)::BIGINT;
CREATE OR REPLACE TEMP MACRO chance(a, b, c) AS (dice(a, b, c) % 1000003) / 1000003.0;
CREATE OR REPLACE TEMP MACRO id(kind, a) AS left(md5(concat_ws('/', kind, getvariable('seed'), a)), 16);
-- After Zipf and Mandelbrot: the k-th entity is named in proportion to 1 / (k + 20).
CREATE OR REPLACE TEMP MACRO somebody(a, b, c) AS
    floor(20 * (exp(chance(a, b, c) * ln(1 + getvariable('entities') / 20)) - 1))::INTEGER;
-- One step of the hash of a band, as `pipeline.group.band_keys` has it.
CREATE OR REPLACE TEMP MACRO fnv(key, value) AS
    ((xor(key::UBIGINT, value::UBIGINT)::UHUGEINT * 1099511628211) & 18446744073709551615::UHUGEINT)::UBIGINT;

CREATE OR REPLACE TEMP TABLE word AS
WITH syllable AS (
    SELECT string_split('ka ro mi tu lo sha bi no dra vi zu pa gri mo ta lu kho fa ni jo ba ru so té wa hi du ya po la', ' ') AS s
)
SELECT
    w::INTEGER AS w,
    s[1 + dice('word', w, 1) % 30] || s[1 + dice('word', w, 2) % 30]
        || CASE WHEN w % 4 > 0 THEN s[1 + dice('word', w, 3) % 30] ELSE '' END
        || CASE WHEN w % 4 = 3 THEN s[1 + dice('word', w, 4) % 30] ELSE '' END AS word
FROM range(30_000) AS t(w), syllable;

CREATE OR REPLACE TEMP TABLE tail AS
SELECT k::INTEGER AS k, string_agg(word, ' ' ORDER BY p) AS tail
FROM range(20_000) AS t(k)
CROSS JOIN range(17) AS u(p)
JOIN word ON w = dice('tail', k, p) % 30_000
GROUP BY k;

-- Every fifth is a place. Copies of a list of countries, so that a query for one country finds its share.
CREATE OR REPLACE TEMP TABLE someone AS
SELECT
    k::INTEGER AS k, id('entity', k) AS entity_id,
    upper(a.word[1]) || a.word[2:] || ' ' || upper(b.word[1]) || b.word[2:] AS name,
    ['PERSON', 'ORG', 'GROUP', 'NORP', 'PLACE'][1 + k % 5] AS kind,
    ['PERSON', 'ORG', 'GROUP', 'NORP', 'GPE'][1 + k % 5] AS label,
    ['IRQ', 'SYR', 'UKR', 'RUS', 'USA', 'FRA', 'DEU', 'GBR', 'SDN', 'MLI', 'NGA', 'IND', 'PAK', 'CHN', 'MMR', 'COL',
     'MEX', 'BRA', 'ISR', 'LBN', 'YEM', 'SOM', 'ETH', 'COD', 'TUR', 'IRN', 'EGY', 'LBY', 'PHL', 'HTI'
    ][1 + dice('country', k, 0) % 30] AS country,
    CASE WHEN k % 5 < 3 THEN ['GOV', 'MIL', 'COP', 'REB', 'CVL', 'LEG', 'BUS', 'OPP'][1 + dice('sector', k, 0) % 8] END
    AS sector,
    CASE WHEN k % 5 = 4 THEN 100_000 + k END AS geonameid,
    CASE WHEN k % 5 = 4 THEN round(chance('latitude', k, 0) * 120 - 60, 4) END AS latitude,
    CASE WHEN k % 5 = 4 THEN round(chance('longitude', k, 0) * 360 - 180, 4) END AS longitude
FROM range(getvariable('entities')) AS t(k)
JOIN word AS a ON a.w = dice('first', k, 0) % 30_000
JOIN word AS b ON b.w = dice('second', k, 0) % 30_000;

CREATE OR REPLACE TEMP TABLE deed AS
SELECT * FROM (VALUES
    (0, 'ASSAULT', 4, -9.0, 'attacked', 'explosives'), (1, 'ASSAULT', 4, -10.0, 'bombed', 'aerial'),
    (2, 'CONSULT', 1, 1.0, 'met', 'visit'), (3, 'AGREE', 1, 6.0, 'agreed with', NULL),
    (4, 'SUPPORT', 1, 4.0, 'praised', NULL), (5, 'ACCUSE', 3, -2.0, 'accused', 'allege'),
    (6, 'REQUEST', 3, -1.0, 'urged', 'change'), (7, 'REJECT', 3, -4.0, 'rebuffed', NULL),
    (8, 'THREATEN', 3, -5.0, 'threatened', 'violence'), (9, 'PROTEST', 4, -6.5, 'protested against', 'demo'),
    (10, 'COERCE', 4, -7.0, 'arrested', 'arrest'), (11, 'SANCTION', 4, -6.0, 'expelled', 'expel'),
    (12, 'MOBILIZE', 4, -7.2, 'massed against', 'troops'), (13, 'AID', 2, 7.0, 'helped', NULL),
    (14, 'RETREAT', 2, 5.0, 'withdrew from', 'withdraw'), (15, 'COOPERATE', 2, 6.4, 'traded with', NULL)
) AS t(d, event_type, quad, scale, trigger_text, mode);

INSERT INTO feed BY NAME
SELECT
    'feed-' || f AS feed_id, 'https://feed' || f || '.example/rss' AS feed_url, feed_url AS listed_url,
    'Wire ' || f AS feed_title, 'Agency ' || (f % 40) AS agency, 'en' AS language, 900 AS interval_seconds,
    true AS enabled, getvariable('start') AS watched_since, getvariable('until') AS last_poll_at,
    getvariable('until') + INTERVAL 15 MINUTE AS next_poll_at, 0 AS consecutive_failures
FROM range(200) AS t(f);
INSERT INTO feed_address SELECT feed_id, feed_url, watched_since, 'listed' FROM feed;
