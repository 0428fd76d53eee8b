-- A small warehouse that keeps every promise: an attack told by the wire (a2, once corrected), copied by the paper (a3)
-- and denied in a rewrite (a4); and a release of prisoners (a5). Three pages more are pending, failed and skipped.

INSERT INTO run (run_id, flow, program_version, host, pid, status, started_at, ended_at) VALUES
    ('r1', 'ingest', '0.1.0', 'desk', 1, 'completed', '2026-11-20 12:00:00Z', '2026-11-20 12:05:00Z'),
    ('r2', 'ingest', '0.1.0', 'desk', 2, 'completed', '2026-11-20 13:00:00Z', '2026-11-20 13:05:00Z');

INSERT INTO feed (feed_id, feed_url, listed_url, country, enabled) VALUES
    ('wire', 'https://wire.example/rss', 'https://wire.example/rss', 'IRQ', true),
    ('paper', 'https://paper.example/rss', 'https://paper.example/rss', NULL, true);
INSERT INTO feed_address VALUES ('wire', 'https://wire.example/rss', '2026-11-20 12:00:00Z', 'listed');
INSERT INTO poll (poll_id, feed_id, run_id, polled_at, outcome) VALUES
    ('p1', 'wire', 'r1', '2026-11-20 12:00:10Z', 'read'),
    ('p2', 'paper', 'r2', '2026-11-20 13:00:10Z', 'read');
INSERT INTO drop_file VALUES ('wire', 'a.xml', 10, 0, '2026-11-20 12:00:10Z', 'r1');
INSERT INTO backfill_file VALUES (
    '/srv/news.jsonl', '', 'wire', 10, 0, 3, 'line', true, 2, 1, 0, 0, '2026-11-20 12:00:10Z', 'r1'
);
INSERT INTO robots (origin, robots_text, fetched_at) VALUES ('https://wire.example', '', '2026-11-20 12:00:20Z');

INSERT INTO capture (capture_id, url, final_url, fetched_at, http_status, body_sha256, size_bytes, warc_file, warc_offset, run_id)
SELECT
    'c' || n, 'https://wire.example/' || n, 'https://wire.example/' || n, TIMESTAMPTZ '2026-11-20 12:01:00Z' + n * INTERVAL 1 MINUTE,
    200, 'x', 1, 'raw/a.warc.gz', n, 'r1'
FROM range(1, 6) AS t(n);

INSERT INTO entry (feed_id, entry_id, url, first_seen_at, status, stage, reason, capture_id, article_id, run_id) VALUES
    ('wire', 'e1', 'https://wire.example/1', '2026-11-20 12:00:10Z', 'loaded', NULL, NULL, 'c2', 'a2', 'r1'),
    ('paper', 'e3', 'https://wire.example/3', '2026-11-20 13:00:10Z', 'loaded', NULL, NULL, 'c3', 'a3', 'r2'),
    ('wire', 'e4', 'https://wire.example/4', '2026-11-20 12:00:10Z', 'loaded', NULL, NULL, 'c4', 'a4', 'r1'),
    ('wire', 'e5', 'https://wire.example/5', '2026-11-20 12:00:10Z', 'loaded', NULL, NULL, 'c5', 'a5', 'r1'),
    ('wire', 'e6', 'https://wire.example/6', '2026-11-20 12:00:10Z', 'pending', NULL, NULL, NULL, NULL, 'r1'),
    ('wire', 'e7', 'https://wire.example/7', '2026-11-20 12:00:10Z', 'failed', 'fetch', 'http_404', NULL, NULL, 'r1'),
    ('wire', 'e8', 'https://wire.example/8', '2026-11-20 12:00:10Z', 'skipped', NULL, 'withheld', NULL, NULL, 'r1');
INSERT INTO failure (failure_id, run_id, failed_at, stage, feed_id, url, reason, detail) VALUES
    ('f7', 'r1', '2026-11-20 12:03:00Z', 'fetch', 'wire', 'https://wire.example/7', 'http_404', 'answered 404');

INSERT INTO article BY NAME
SELECT
    id AS article_id, 'https://wire.example/' || page AS url, version, standing AS is_latest, capture AS capture_id,
    feed AS feed_id, text, sha256(text) AS text_sha256, 5 AS word_count, length(text) AS character_count,
    0 AS removed_count, CAST(range(128) AS UINTEGER[]) AS minhash, 'cleaner 1' AS extractor, 'model 1' AS tagger,
    'tagged' AS tag_status, published AS published_at, now() AS loaded_at, run AS run_id, earlier AS supersedes,
    CASE WHEN id IN ('a2', 'a3') THEN 'Soldiers attack Rawa' END AS title, standing AS is_counted
FROM (VALUES
    ('a1', 1, 1, false, 'c1', 'wire', 'Soldiers attacked Rawa on Friday.', TIMESTAMPTZ '2026-11-20 11:00:00Z', 'r1', NULL),
    ('a2', 1, 2, true, 'c2', 'wire', '🚩 Soldiers attacked Rawa on Friday and killed three herders.', '2026-11-20 11:30:00Z', 'r1', 'a1'),
    ('a3', 3, 1, true, 'c3', 'paper', '🚩 Soldiers attacked Rawa on Friday and killed three herders.', '2026-11-20 11:40:00Z', 'r2', NULL),
    ('a4', 4, 1, true, 'c4', 'wire', 'The army denies that soldiers attacked Rawa.', '2026-11-20 11:50:00Z', 'r1', NULL),
    ('a5', 5, 1, true, 'c5', 'wire', 'Police freed two men in Basra.', NULL, 'r1', NULL)
) AS t(id, page, version, standing, capture, feed, text, published, run, earlier);
INSERT INTO article_claim VALUES ('a2', 'title', 1, 'feed', 'An attack', NULL, true, 'r1', false);

INSERT INTO entity (
    entity_id, entity_name, kind, country, sector, first_seen_at, last_seen_at, run_id, mentions, articles
) VALUES
    ('n1', 'Rawa', 'PLACE', 'IRQ', NULL, '2026-11-20 11:00:00Z', '2026-11-20 11:50:00Z', 'r1', 2, 2),
    ('n2', 'Iraqi army', 'GROUP', 'IRQ', 'MIL', '2026-11-20 11:00:00Z', '2026-11-20 11:50:00Z', 'r1', 1, 1);
INSERT INTO entity_office VALUES ('n2', 'General', 1, 'r1');
INSERT INTO entity_day VALUES ('n1', '2026-11-20', 1, 'r1'), ('n2', '2026-11-20', 1, NULL);
INSERT INTO entity_alias (name_id, alias, entity_id, canonical, first_article_id, mention_count, run_id) VALUES
    ('n1', 'Rawa', 'n1', true, 'a1', 4, 'r1'),
    ('n2', 'Iraqi army', 'n2', true, 'a1', 0, 'r1'),
    ('n2', 'army', 'n2', false, 'a4', 1, 'r1');

INSERT INTO mention (
    mention_id, article_id, entity_id, label, mention_text, start_offset, end_offset, office, country, sector, run_id
) VALUES
    ('m2', 'a2', 'n1', 'GPE', 'Rawa', 20, 24, NULL, NULL, NULL, 'r1'),
    ('m3', 'a3', 'n1', 'GPE', 'Rawa', 20, 24, NULL, NULL, NULL, 'r2'),
    ('m4', 'a4', 'n2', 'ORG', 'army', 4, 8, 'General', 'IRQ', 'MIL', 'r1'),
    ('m5', 'a5', NULL, 'GPE', 'Basra', 24, 29, NULL, NULL, NULL, 'r1');
INSERT INTO place (place_id, article_id, place_text, start_offset, end_offset, place_name, country, run_id) VALUES
    ('l2', 'a2', 'Rawa', 20, 24, 'Rāwah', 'IRQ', 'r1'),
    ('l3', 'a3', 'Rawa', 20, 24, 'Rāwah', 'IRQ', 'r2'),
    ('l4', 'a4', 'Baghdad', 0, 0, 'Baghdad', 'IRQ', 'r1'),
    ('l5', 'a5', 'Basra', 24, 29, 'Basra', 'IRQ', 'r1');
INSERT INTO date_mention (date_mention_id, article_id, date_text, start_offset, end_offset, date_start, date_end, run_id) VALUES
    ('d2', 'a2', 'Friday', 28, 34, '2026-11-20', '2026-11-20', 'r1');
INSERT INTO quantity (quantity_id, article_id, quantity_text, start_offset, end_offset, low, high, run_id) VALUES
    ('q2', 'a2', 'three', 46, 51, 3, 3, 'r1'),
    ('q5', 'a5', 'two', 13, 16, 2, NULL, 'r1');

INSERT INTO event_mention BY NAME
SELECT
    id AS event_mention_id, article AS article_id, event AS event_id, type AS event_type, mode, quad, scale, trigger AS trigger_text,
    starts AS start_offset, ends AS end_offset, a.text AS sentence_text, 0 AS sentence_start, length(a.text) AS sentence_end,
    place AS place_id, day AS date_start, day AS date_end, DATE '2026-11-20' AS event_day, killed AS killed_low,
    killed AS killed_high, polarity, 'actual' AS modality, CASE WHEN a.title IS NOT NULL THEN true END AS in_headline,
    0.8 AS confidence, 'test' AS rule, a.run_id
FROM (VALUES
    ('x1', 'a1', NULL, 'ASSAULT', NULL, 4, -9, 'attacked', 9, 17, NULL, DATE '2026-11-20', NULL, 'affirmed'),
    ('x2', 'a2', 'v1', 'ASSAULT', 'firearms', 4, -9, 'attacked', 11, 19, 'l2', '2026-11-20', 3, 'affirmed'),
    ('x3', 'a3', 'v1', 'ASSAULT', NULL, 4, -9, 'attacked', 11, 19, 'l3', '2026-11-20', 3, 'affirmed'),
    ('x4', 'a4', NULL, 'ASSAULT', NULL, 4, -9, 'attacked', 30, 38, 'l4', NULL, NULL, 'negated'),
    ('x5', 'a5', 'v2', 'RETREAT', 'release', 2, 6.5, 'freed', 7, 12, 'l5', NULL, NULL, 'affirmed')
) AS t(id, article, event, type, mode, quad, scale, trigger, starts, ends, place, day, killed, polarity)
JOIN article AS a ON a.article_id = t.article;
INSERT INTO event_participant (event_mention_id, role, ordinal, participant_text, start_offset, end_offset, entity_id, country, sector, run_id) VALUES
    ('x2', 'actor', 1, 'Soldiers', 2, 10, 'n2', 'IRQ', 'MIL', 'r1'),
    ('x2', 'recipient', 1, 'three herders', 46, 59, NULL, NULL, 'AGR', 'r1'),
    ('x3', 'actor', 1, 'Soldiers', 2, 10, 'n2', 'IRQ', 'MIL', 'r2'),
    ('x5', 'actor', 1, 'Police', 0, 6, NULL, NULL, 'COP', 'r1');

INSERT INTO article_band VALUES
    (1, 'a2', '2026-11-20', 'r1'), (1, 'a3', '2026-11-20', NULL);
INSERT INTO article_term VALUES
    ('rawa', 0.6, 'a2', '2026-11-20', 'r1'), ('attack', 0.8, 'a2', '2026-11-20', NULL);
INSERT INTO article_pair VALUES
    ('a3', 'a2', 1, 1, '2026-11-20', 'r1', 0.9), ('a4', 'a2', 0.1, 0.7, '2026-11-20', NULL, NULL);
INSERT INTO story_article VALUES
    ('a2', 's1', 'first', 1, NULL, 'a2', 'r1'),
    ('a3', 's1', 'copy', 1, 'a2', 'a2', 'r1'),
    ('a4', 's1', 'rewrite', 0.7, NULL, 'a4', 'r1'),
    ('a5', 's2', 'first', 1, NULL, 'a5', NULL);
INSERT INTO story (
    story_id, first_article_id, first_feed_id, first_published_at, last_published_at, article_count, report_count,
    outlet_count, feed_count, agencies
) VALUES
    ('s1', 'a2', 'wire', '2026-11-20 11:30:00Z', '2026-11-20 11:50:00Z', 3, 2, 1, 2, []),
    ('s2', 'a5', 'wire', NULL, NULL, 1, 1, 1, 1, []);
INSERT INTO event (
    event_id, event_type, mode, quad, scale, actors, actor_ids, actor_country, actor_sector, recipients, recipient_ids,
    recipient_sector, place_name, country, event_day, date_start, date_end, first_reported_at, last_reported_at,
    killed_low, killed_high, mention_count, article_count, report_count, story_count, agencies, confidence, lead_event_mention_id
) VALUES
    (
        'v1', 'ASSAULT', 'firearms', 4, -9, ['Soldiers'], ['n2'], 'IRQ', 'MIL', ['three herders'], [],
        'AGR', 'Rāwah', 'IRQ', '2026-11-20', '2026-11-20', '2026-11-20', '2026-11-20 11:30:00Z', '2026-11-20 11:40:00Z',
        3, 3, 2, 2, 1, 1, [], 0.8, 'x2'
    ),
    (
        'v2', 'RETREAT', 'release', 2, 6.5, ['Police'], [], NULL, 'COP', [], [],
        NULL, 'Basra', 'IRQ', '2026-11-20', NULL, NULL, NULL, NULL,
        NULL, NULL, 1, 1, 1, 1, [], 0.8, 'x5'
    );

INSERT INTO label (
    label_id, labelled_at, labelled_by, verdict, wrong, should_be, note, event_mention_id, article_id, event_type, tagger,
    coded, sentence_text, trigger_start, trigger_text, drawn_from, counts, standing, coded_now, run_id
) VALUES
    (
        'b1', '2026-11-21 12:00:00Z', 'ann', 'right', [], MAP {}, NULL, 'x5', 'a5', 'RETREAT', 'model 1',
        MAP {'type': 'RETREAT'}, 'Police freed two men in Basra.', 7, 'freed', 1, false, NULL, NULL, 'r2'
    ),
    (
        'b2', '2026-11-21 12:05:00Z', 'ann', 'wrong', ['mode'], MAP {'mode': 'access'}, 'on second thoughts', 'x5', 'a5',
        'RETREAT', 'model 1', MAP {'type': 'RETREAT', 'mode': 'release'}, 'Police freed two men in Basra.', 7, 'freed',
        NULL, true, 'still wrong', MAP {'type': 'RETREAT', 'mode': 'release'}, 'r2'
    );
