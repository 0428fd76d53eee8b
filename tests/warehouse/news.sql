-- Two agencies report one attack with different tolls, a paper copies the first agency, which then corrects itself;
-- two governments meet, of which nobody says where; a withdrawal is only planned.
INSERT INTO run (run_id, flow, program_version, host, pid, status, started_at, ended_at, failures) VALUES
    ('run1', 'ingest', '0.1.0', 'desk', 1, 'completed', '2026-11-20 12:00:00Z', '2026-11-20 12:01:30Z', 3),
    ('run2', 'ingest', '0.1.0', 'desk', 2, 'running', '2026-11-20 12:15:00Z', NULL, 0);

INSERT INTO failure (failure_id, run_id, failed_at, stage, feed_id, url, reason, detail) VALUES
    ('x1', 'run1', '2026-11-20 12:00:10Z', 'fetch', 'wire', 'https://wire.example/7', 'http_404', 'not there'),
    ('x2', 'run1', '2026-11-20 12:00:11Z', 'fetch', 'wire', 'https://wire.example/8', 'http_404', 'not there'),
    ('x3', 'run1', '2026-11-20 12:00:12Z', 'extract', 'wire', 'https://wire.example/9', 'no_text', 'nothing left');

INSERT INTO feed (feed_id, feed_url, feed_title, enabled) VALUES
    ('wire', 'https://wire.example/rss', 'The Wire', true), ('paper', 'https://paper.example/rss', 'The Paper', true);

INSERT INTO poll (poll_id, feed_id, run_id, polled_at, outcome) VALUES
    ('p1', 'wire', 'run1', '2026-11-20 12:00:00Z', 'read'), ('p2', 'paper', 'run1', '2026-11-20 12:00:01Z', 'read');

INSERT INTO capture (
    capture_id, url, final_url, fetched_at, http_status, body_sha256, size_bytes, warc_file, warc_offset, run_id
)
SELECT 'c' || n, 'https://' || host || '.example/' || n, 'https://' || host || '.example/' || n,
       TIMESTAMPTZ '2026-11-20 12:00:30Z', 200, 'sha', 3, 'raw/2026/11/20/one.warc.gz', n * 100, 'run1'
FROM (VALUES (1, 'wire'), (2, 'paper'), (3, 'other'), (4, 'wire'), (5, 'wire')) AS t(n, host);

INSERT INTO entry (feed_id, entry_id, url, first_seen_at, status, capture_id, article_id, run_id, subjects) VALUES
    ('wire', 'e1', 'https://wire.example/1', '2026-11-20 12:00:00Z', 'loaded', 'c5', 'a5', 'run1', []),
    ('wire', 'e4', 'https://wire.example/4', '2026-11-20 12:00:00Z', 'loaded', 'c4', 'a4', 'run1', []),
    ('paper', 'e2', 'https://paper.example/2', '2026-11-20 12:00:01Z', 'loaded', 'c2', 'a2', 'run1', []);

INSERT INTO article (
    article_id, url, version, is_latest, supersedes, capture_id, feed_id, title, agency, published_at, language, text,
    text_sha256, word_count, extractor, tagger, loaded_at, run_id, marks, corrections, flags
) VALUES
    ('a1', 'https://wire.example/1', 1, false, NULL, 'c1', 'wire', 'Two killed in Rawa', 'Wire', '2026-11-20 08:00:00Z',
     'en', 'Rebels attacked Rawa and killed two herders.' || chr(10) || 'The road is closed.', 's1', 12, 'x', 't',
     '2026-11-20 12:01:00Z', 'run1', [], [], []),
    ('a5', 'https://wire.example/1', 2, true, 'a1', 'c5', 'wire', 'Three killed in Rawa', 'Wire', '2026-11-20 08:00:00Z',
     'en', 'Rebels attacked Rawa and killed three herders.' || chr(10) || 'The road is closed.', 's5', 12, 'x', 't',
     '2026-11-20 12:01:10Z', 'run1', ['CORRECTED'], [], []),
    ('a2', 'https://paper.example/2', 1, true, NULL, 'c2', 'paper', 'Three killed, says Wire', 'Wire',
     '2026-11-20 09:00:00Z', 'en', 'Rebels attacked Rawa and killed three herders.', 's2', 8, 'x', 't',
     '2026-11-20 12:01:00Z', 'run1', [], [], []),
    ('a3', 'https://other.example/3', 1, true, NULL, 'c3', 'paper', 'Five dead, says doctor', 'Other',
     '2026-11-20 10:30:00Z', 'en', 'At least five people died when rebels attacked Rawa, a doctor said.', 's3', 12, 'x',
     't', '2026-11-20 12:01:00Z', 'run1', [], [], []),
    ('a4', 'https://wire.example/4', 1, true, NULL, 'c4', 'wire', 'Norland and Sudria meet', 'Wire',
     '2026-11-19 10:00:00Z', 'en', 'Norland and Sudria held talks. The army will leave Rawa, Norland said.', 's4', 12, 'x',
     't', '2026-11-20 12:01:00Z', 'run1', [], [], []);

INSERT INTO entity (entity_id, entity_name, kind, country, sector, run_id) VALUES
    ('front', 'Karo Front', 'ORG', 'IRQ', 'REB', 'run1'), ('norland', 'Norland', 'PLACE', 'NOR', NULL, 'run1'),
    ('sudria', 'Sudria', 'PLACE', 'SDN', NULL, 'run1');

INSERT INTO mention (mention_id, article_id, entity_id, label, mention_text, start_offset, end_offset, run_id) VALUES
    ('m1', 'a1', 'front', 'ORG', 'Rebels', 0, 6, 'run1'), ('m2', 'a2', 'front', 'ORG', 'Rebels', 0, 6, 'run1'),
    ('m3', 'a3', 'front', 'ORG', 'rebels', 33, 39, 'run1'), ('m5', 'a5', 'front', 'ORG', 'Rebels', 0, 6, 'run1'),
    ('m4', 'a4', 'norland', 'GPE', 'Norland', 0, 7, 'run1');

INSERT INTO place (
    place_id, article_id, place_text, start_offset, end_offset, place_name, geonameid, latitude, longitude, country,
    admin1, feature, place_precision, run_id
)
SELECT 'l' || a, 'a' || a, 'Rawa', 16, 20, 'Rāwah', 91597, 34.48, 41.92, 'IRQ', 'Al Anbar', 'PPL', 'city', 'run1'
FROM (VALUES (2), (3), (5)) AS t(a);

INSERT INTO event_mention BY NAME
SELECT *, 'affirmed' AS polarity, 0.8 AS confidence, 'run1' AS run_id, 0 AS sentence_start,
       length(sentence_text) AS sentence_end
FROM (VALUES
    ('v5', 'a5', 'a77ac4c0ffee0001', 'ASSAULT', 4, -9.0, 'attacked', 7, 15, 'Rebels attacked Rawa and killed three herders.', 'l5',
     3, 3, 'actual', NULL, NULL, 'assault.attack.attack', DATE '2026-11-20'),
    ('v2', 'a2', 'a77ac4c0ffee0001', 'ASSAULT', 4, -9.0, 'attacked', 7, 15, 'Rebels attacked Rawa and killed three herders.', 'l2',
     3, 3, 'actual', NULL, NULL, 'assault.attack.attack', DATE '2026-11-20'),
    ('v3', 'a3', 'a77ac4c0ffee0001', 'ASSAULT', 4, -9.0, 'attacked', 40, 48,
     'At least five people died when rebels attacked Rawa, a doctor said.', 'l3', 5, NULL, 'actual', 'a doctor',
     'indirect', 'assault.attack.attack', DATE '2026-11-20'),
    ('v4', 'a4', '7a1c5c0ffee00002', 'CONSULT', 1, 2.5, 'held talks', 19, 29, 'Norland and Sudria held talks.', NULL, NULL, NULL,
     'actual', NULL, NULL, 'consult.meet.hold-talk', DATE '2026-11-19'),
    ('v6', 'a4', NULL, 'RETREAT', 2, 8.0, 'leave', 45, 50, 'The army will leave Rawa, Norland said.', NULL, NULL, NULL,
     'planned', 'Norland', 'direct', 'retreat.leave.leave', NULL)
) AS t(
    event_mention_id, article_id, event_id, event_type, quad, scale, trigger_text, start_offset, end_offset,
    sentence_text, place_id, killed_low, killed_high, modality, attribution, speech, rule, event_day
);

INSERT INTO event_participant (
    event_mention_id, role, ordinal, participant_text, start_offset, end_offset, entity_id, country, sector, run_id
) VALUES
    ('v5', 'actor', 1, 'Rebels', 0, 6, 'front', 'IRQ', 'REB', 'run1'),
    ('v5', 'recipient', 1, 'three herders', 32, 45, NULL, 'IRQ', 'CVL', 'run1'),
    ('v2', 'actor', 1, 'Rebels', 0, 6, 'front', 'IRQ', 'REB', 'run1'),
    ('v2', 'recipient', 1, 'three herders', 32, 45, NULL, 'IRQ', 'CVL', 'run1'),
    ('v3', 'actor', 1, 'rebels', 33, 39, 'front', 'IRQ', 'REB', 'run1'),
    ('v4', 'actor', 1, 'Norland', 0, 7, 'norland', 'NOR', NULL, 'run1'),
    ('v4', 'actor', 2, 'Sudria', 12, 18, 'sudria', 'SDN', NULL, 'run1'),
    ('v6', 'actor', 1, 'The army', 31, 39, NULL, NULL, 'MIL', 'run1'),
    ('v6', 'recipient', 1, 'Norland', 57, 64, 'norland', 'NOR', NULL, 'run1');

INSERT INTO story (
    story_id, title, first_article_id, first_feed_id, first_published_at, article_count, report_count, outlet_count,
    feed_count, agencies
) VALUES
    ('rawa', 'Three killed in Rawa', 'a5', 'wire', '2026-11-20 08:00:00Z', 3, 2, 3, 2, ['Wire', 'Other']),
    ('meeting', 'Norland and Sudria meet', 'a4', 'wire', '2026-11-19 10:00:00Z', 1, 1, 1, 1, ['Wire']);

INSERT INTO story_article (article_id, story_id, relation, similarity, copied_from, origin_article_id) VALUES
    ('a5', 'rawa', 'first', 1, NULL, 'a5'), ('a2', 'rawa', 'copy', 0.97, 'a5', 'a5'),
    ('a3', 'rawa', 'rewrite', 0.6, NULL, 'a3'), ('a4', 'meeting', 'first', 1, NULL, 'a4');

INSERT INTO event (
    event_id, event_type, quad, scale, actors, actor_ids, actor_country, actor_sector, recipients, recipient_ids,
    recipient_country, recipient_sector, place_name, geonameid, latitude, longitude, country, admin1, feature,
    place_precision, event_day, date_start, date_end, reported_on, first_reported_at, last_reported_at, killed_low,
    killed_high, mention_count, article_count, report_count, story_count, agencies, confidence, lead_event_mention_id
) VALUES
    ('a77ac4c0ffee0001', 'ASSAULT', 4, -9, ['Rebels'], ['front'], 'IRQ', 'REB', ['three herders'], [], 'IRQ', 'CVL', 'Rāwah',
     91597, 34.48, 41.92, 'IRQ', 'Al Anbar', 'PPL', 'city', '2026-11-20', '2026-11-20', '2026-11-20', '2026-11-20',
     '2026-11-20 08:00:00Z', '2026-11-20 10:30:00Z', 3, 5, 3, 3, 2, 1, ['Other', 'Wire'], 0.8, 'v5'),
    ('7a1c5c0ffee00002', 'CONSULT', 1, 2.5, ['Norland', 'Sudria'], ['norland', 'sudria'], 'NOR', NULL, [], [], NULL, NULL, NULL,
     NULL, NULL, NULL, NULL, NULL, NULL, NULL, '2026-11-19', NULL, NULL, '2026-11-19', '2026-11-19 10:00:00Z',
     '2026-11-19 10:00:00Z', NULL, NULL, 1, 1, 1, 1, ['Wire'], 0.8, 'v4');
