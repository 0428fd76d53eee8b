-- As made when 0006 was the last migration.
-- Dumped from a file that the program of that day made and filled; never changed since.
CREATE TYPE entry_status AS ENUM ('pending', 'fetched', 'loaded', 'failed', 'skipped');
CREATE TYPE run_status AS ENUM ('running', 'completed', 'failed', 'crashed');
CREATE TYPE stage AS ENUM ('poll', 'fetch', 'extract', 'tag', 'load');
CREATE TABLE article(article_id VARCHAR PRIMARY KEY, url VARCHAR NOT NULL, "version" INTEGER NOT NULL, is_latest BOOLEAN NOT NULL, capture_id VARCHAR NOT NULL, feed_id VARCHAR NOT NULL, title VARCHAR, byline VARCHAR[] DEFAULT(main.list_value()) NOT NULL, agency VARCHAR, dateline VARCHAR, published_at TIMESTAMP WITH TIME ZONE, modified_at TIMESTAMP WITH TIME ZONE, "language" VARCHAR, "text" VARCHAR NOT NULL, text_sha256 VARCHAR NOT NULL, word_count INTEGER NOT NULL, removed STRUCT("text" VARCHAR, reason VARCHAR)[] DEFAULT(main.list_value()) NOT NULL, minhash UINTEGER[] DEFAULT(main.list_value()) NOT NULL, extractor VARCHAR NOT NULL, tagger VARCHAR NOT NULL, loaded_at TIMESTAMP WITH TIME ZONE NOT NULL, run_id VARCHAR NOT NULL, section VARCHAR, image_url VARCHAR, dateline_date DATE, update_number INTEGER, marks VARCHAR[], corrections VARCHAR[], flags VARCHAR[], published_source VARCHAR, published_precision VARCHAR, modified_source VARCHAR, modified_precision VARCHAR, character_count INTEGER, removed_count INTEGER, link_share DOUBLE, second_ratio DOUBLE, second_overlap DOUBLE, quality_score DOUBLE, extract_reason VARCHAR, extract_ms DOUBLE, tag_status VARCHAR DEFAULT('tagged') NOT NULL, CHECK(("version" >= 1)));
CREATE TABLE article_band(band_key UBIGINT NOT NULL, article_id VARCHAR NOT NULL);
CREATE TABLE article_claim(article_id VARCHAR, field VARCHAR, ordinal SMALLINT, "source" VARCHAR NOT NULL, claim VARCHAR NOT NULL, claim_precision VARCHAR, chosen BOOLEAN NOT NULL, run_id VARCHAR NOT NULL, CHECK((field IN ('title', 'byline', 'agency', 'published_at', 'modified_at', 'language', 'url', 'section', 'image_url'))), CHECK(("source" IN ('json-ld', 'meta', 'html', 'text', 'feed', 'address'))), PRIMARY KEY(article_id, field, ordinal));
CREATE TABLE capture(capture_id VARCHAR PRIMARY KEY, url VARCHAR NOT NULL, final_url VARCHAR NOT NULL, fetched_at TIMESTAMP WITH TIME ZONE NOT NULL, http_status SMALLINT NOT NULL, content_type VARCHAR, body_sha256 VARCHAR NOT NULL, size_bytes BIGINT NOT NULL, warc_file VARCHAR NOT NULL, warc_offset BIGINT NOT NULL, run_id VARCHAR NOT NULL, warc_length BIGINT, pruned_at TIMESTAMP WITH TIME ZONE);
CREATE TABLE date_mention(date_mention_id VARCHAR PRIMARY KEY, article_id VARCHAR NOT NULL, date_text VARCHAR NOT NULL, start_offset INTEGER NOT NULL, end_offset INTEGER NOT NULL, date_start DATE, date_end DATE, date_precision VARCHAR, run_id VARCHAR NOT NULL, CHECK((end_offset > start_offset)), CHECK((date_precision IN ('day', 'week', 'month', 'season', 'quarter', 'year', 'decade', 'span'))));
CREATE TABLE drop_file(feed_id VARCHAR, file_name VARCHAR, size_bytes BIGINT NOT NULL, modified_ns BIGINT NOT NULL, read_at TIMESTAMP WITH TIME ZONE NOT NULL, run_id VARCHAR NOT NULL, PRIMARY KEY(feed_id, file_name));
CREATE TABLE entity(entity_id VARCHAR PRIMARY KEY, entity_name VARCHAR NOT NULL, kind VARCHAR NOT NULL, country VARCHAR, sector VARCHAR, known VARCHAR, first_seen_at TIMESTAMP WITH TIME ZONE, last_seen_at TIMESTAMP WITH TIME ZONE, run_id VARCHAR NOT NULL, CHECK((kind IN ('PERSON', 'ORG', 'PLACE', 'NORP', 'GROUP', 'OTHER'))));
CREATE TABLE entity_alias(name_id VARCHAR, alias VARCHAR, entity_id VARCHAR NOT NULL, canonical BOOLEAN NOT NULL, alias_key VARCHAR, block_key VARCHAR, first_article_id VARCHAR NOT NULL, mention_count INTEGER NOT NULL, run_id VARCHAR NOT NULL, PRIMARY KEY(name_id, alias));
CREATE TABLE entry(feed_id VARCHAR, entry_id VARCHAR, guid VARCHAR, url VARCHAR, title VARCHAR, summary VARCHAR, content_html VARCHAR, authors VARCHAR[] DEFAULT(main.list_value()) NOT NULL, categories VARCHAR[] DEFAULT(main.list_value()) NOT NULL, published_at TIMESTAMP WITH TIME ZONE, updated_at TIMESTAMP WITH TIME ZONE, published_raw VARCHAR, entry_version BIGINT, item_status VARCHAR, first_seen_at TIMESTAMP WITH TIME ZONE NOT NULL, status ENUM('pending', 'fetched', 'loaded', 'failed', 'skipped') NOT NULL, stage ENUM('poll', 'fetch', 'extract', 'tag', 'load'), reason VARCHAR, attempts INTEGER DEFAULT(0) NOT NULL, next_attempt_at TIMESTAMP WITH TIME ZONE, capture_id VARCHAR, article_id VARCHAR, run_id VARCHAR NOT NULL, link VARCHAR, content_id VARCHAR, full_text BOOLEAN DEFAULT(CAST('f' AS BOOLEAN)), renewals INTEGER DEFAULT(0), embargoed_until TIMESTAMP WITH TIME ZONE, urgency TINYINT, subjects VARCHAR[], agency VARCHAR, slug VARCHAR, CHECK((item_status IN ('usable', 'canceled', 'withheld'))), PRIMARY KEY(feed_id, entry_id));
CREATE TABLE "event"(event_id VARCHAR PRIMARY KEY, event_type VARCHAR NOT NULL, "mode" VARCHAR, quad TINYINT NOT NULL, scale DOUBLE NOT NULL, actors VARCHAR[] NOT NULL, actor_country VARCHAR, actor_sector VARCHAR, recipients VARCHAR[] NOT NULL, recipient_country VARCHAR, recipient_sector VARCHAR, place_name VARCHAR, geonameid INTEGER, latitude DOUBLE, longitude DOUBLE, country VARCHAR, admin1 VARCHAR, feature VARCHAR, date_start DATE, date_end DATE, reported_on DATE, killed_low INTEGER, killed_high INTEGER, wounded_low INTEGER, wounded_high INTEGER, arrested_low INTEGER, arrested_high INTEGER, mention_count INTEGER NOT NULL, article_count INTEGER NOT NULL, story_count INTEGER NOT NULL, confidence DOUBLE NOT NULL, lead_event_mention_id VARCHAR NOT NULL, CHECK((quad BETWEEN 1 AND 4)), CHECK((scale BETWEEN -10 AND 10)), CHECK((length(country) = 3)));
CREATE TABLE event_mention(event_mention_id VARCHAR PRIMARY KEY, article_id VARCHAR NOT NULL, event_id VARCHAR, event_type VARCHAR NOT NULL, "mode" VARCHAR, contexts VARCHAR[] DEFAULT(main.list_value()) NOT NULL, quad TINYINT NOT NULL, scale DOUBLE NOT NULL, trigger_text VARCHAR NOT NULL, start_offset INTEGER NOT NULL, end_offset INTEGER NOT NULL, sentence_text VARCHAR NOT NULL, sentence_start INTEGER NOT NULL, sentence_end INTEGER NOT NULL, place_id VARCHAR, date_start DATE, date_end DATE, date_text VARCHAR, killed_low INTEGER, killed_high INTEGER, wounded_low INTEGER, wounded_high INTEGER, arrested_low INTEGER, arrested_high INTEGER, polarity VARCHAR NOT NULL, modality VARCHAR NOT NULL, attribution VARCHAR, confidence DOUBLE NOT NULL, "rule" VARCHAR NOT NULL, run_id VARCHAR NOT NULL, CHECK((quad BETWEEN 1 AND 4)), CHECK((scale BETWEEN -10 AND 10)), CHECK((end_offset > start_offset)), CHECK((sentence_end > sentence_start)), CHECK((polarity IN ('affirmed', 'negated'))), CHECK((modality IN ('actual', 'planned', 'hypothetical', 'historical'))));
CREATE TABLE event_participant(event_mention_id VARCHAR, "role" VARCHAR, ordinal SMALLINT, participant_text VARCHAR NOT NULL, start_offset INTEGER NOT NULL, end_offset INTEGER NOT NULL, entity_id VARCHAR, country VARCHAR, sector VARCHAR, run_id VARCHAR NOT NULL, CHECK(("role" IN ('actor', 'recipient'))), CHECK((end_offset > start_offset)), CHECK((length(country) = 3)), PRIMARY KEY(event_mention_id, "role", ordinal));
CREATE TABLE failure(failure_id VARCHAR PRIMARY KEY, run_id VARCHAR NOT NULL, failed_at TIMESTAMP WITH TIME ZONE NOT NULL, stage ENUM('poll', 'fetch', 'extract', 'tag', 'load') NOT NULL, feed_id VARCHAR, url VARCHAR, reason VARCHAR NOT NULL, detail VARCHAR NOT NULL, next_attempt_at TIMESTAMP WITH TIME ZONE);
CREATE TABLE feed(feed_id VARCHAR PRIMARY KEY, feed_url VARCHAR NOT NULL, feed_title VARCHAR, agency VARCHAR, country VARCHAR, "language" VARCHAR, interval_seconds INTEGER, enabled BOOLEAN NOT NULL, etag VARCHAR, last_modified VARCHAR, body_sha256 VARCHAR, last_poll_at TIMESTAMP WITH TIME ZONE, next_poll_at TIMESTAMP WITH TIME ZONE, failing_since TIMESTAMP WITH TIME ZONE, consecutive_failures INTEGER DEFAULT(0) NOT NULL, last_error VARCHAR, listed_url VARCHAR, watched_since TIMESTAMP WITH TIME ZONE, hint_seconds DOUBLE, next_poll_reason VARCHAR, last_full_at TIMESTAMP WITH TIME ZONE, last_unchanged_at TIMESTAMP WITH TIME ZONE, distrusted_until TIMESTAMP WITH TIME ZONE, gone_since TIMESTAMP WITH TIME ZONE, move_url VARCHAR, move_seen INTEGER, move_since TIMESTAMP WITH TIME ZONE, "identity" VARCHAR, identity_reason VARCHAR, CHECK((length(country) = 3)), CHECK((interval_seconds > 0)));
CREATE TABLE feed_address(feed_id VARCHAR, feed_url VARCHAR NOT NULL, used_from TIMESTAMP WITH TIME ZONE, reason VARCHAR NOT NULL, PRIMARY KEY(feed_id, used_from));
CREATE TABLE mention(mention_id VARCHAR PRIMARY KEY, article_id VARCHAR NOT NULL, entity_id VARCHAR, "label" VARCHAR NOT NULL, mention_text VARCHAR NOT NULL, start_offset INTEGER NOT NULL, end_offset INTEGER NOT NULL, score DOUBLE, run_id VARCHAR NOT NULL, office VARCHAR, country VARCHAR, sector VARCHAR, CHECK((end_offset > start_offset)));
CREATE TABLE place(place_id VARCHAR PRIMARY KEY, article_id VARCHAR NOT NULL, place_text VARCHAR NOT NULL, start_offset INTEGER NOT NULL, end_offset INTEGER NOT NULL, place_name VARCHAR NOT NULL, geonameid INTEGER, latitude DOUBLE, longitude DOUBLE, country VARCHAR, admin1 VARCHAR, feature VARCHAR, place_precision VARCHAR, decided_by VARCHAR, score DOUBLE, run_id VARCHAR NOT NULL, CHECK((end_offset > start_offset)), CHECK((latitude BETWEEN -90 AND 90)), CHECK((longitude BETWEEN -180 AND 180)), CHECK((length(country) = 3)), CHECK((place_precision IN ('point', 'city', 'admin2', 'admin1', 'country', 'region'))));
CREATE TABLE poll(poll_id VARCHAR PRIMARY KEY, feed_id VARCHAR NOT NULL, run_id VARCHAR NOT NULL, polled_at TIMESTAMP WITH TIME ZONE NOT NULL, elapsed_ms INTEGER, http_status SMALLINT, outcome VARCHAR NOT NULL, feed_format VARCHAR, size_bytes BIGINT, entries_seen INTEGER DEFAULT(0) NOT NULL, entries_new INTEGER DEFAULT(0) NOT NULL, problems VARCHAR[] DEFAULT(main.list_value()) NOT NULL, reason VARCHAR, detail VARCHAR, asked_url VARCHAR, final_url VARCHAR, asked_fully BOOLEAN DEFAULT(CAST('f' AS BOOLEAN)), entries_changed INTEGER DEFAULT(0), entries_left_out INTEGER DEFAULT(0), next_poll_at TIMESTAMP WITH TIME ZONE, next_poll_reason VARCHAR, CHECK((outcome IN ('read', 'unchanged', 'failed'))));
CREATE TABLE quantity(quantity_id VARCHAR PRIMARY KEY, article_id VARCHAR NOT NULL, quantity_text VARCHAR NOT NULL, start_offset INTEGER NOT NULL, end_offset INTEGER NOT NULL, low DOUBLE, high DOUBLE, unit VARCHAR, fate VARCHAR, counted VARCHAR, source_text VARCHAR, run_id VARCHAR NOT NULL, CHECK((end_offset > start_offset)));
CREATE TABLE robots(origin VARCHAR PRIMARY KEY, http_status SMALLINT, robots_text VARCHAR NOT NULL, fetched_at TIMESTAMP WITH TIME ZONE NOT NULL, unreachable_since TIMESTAMP WITH TIME ZONE);
CREATE TABLE run(run_id VARCHAR PRIMARY KEY, flow VARCHAR NOT NULL, flow_run_id VARCHAR, program_version VARCHAR NOT NULL, host VARCHAR NOT NULL, pid INTEGER NOT NULL, status ENUM('running', 'completed', 'failed', 'crashed') NOT NULL, started_at TIMESTAMP WITH TIME ZONE NOT NULL, ended_at TIMESTAMP WITH TIME ZONE, feeds_polled INTEGER DEFAULT(0) NOT NULL, feeds_failed INTEGER DEFAULT(0) NOT NULL, entries_new INTEGER DEFAULT(0) NOT NULL, pages_fetched INTEGER DEFAULT(0) NOT NULL, articles_loaded INTEGER DEFAULT(0) NOT NULL, events_coded INTEGER DEFAULT(0) NOT NULL, failures INTEGER DEFAULT(0) NOT NULL, "error" VARCHAR);
CREATE TABLE schema_migration(migration VARCHAR PRIMARY KEY, migration_sha256 VARCHAR NOT NULL, applied_at TIMESTAMP WITH TIME ZONE DEFAULT(now()) NOT NULL);
CREATE TABLE story(story_id VARCHAR PRIMARY KEY, title VARCHAR, first_published_at TIMESTAMP WITH TIME ZONE, first_article_id VARCHAR NOT NULL, article_count INTEGER NOT NULL, feed_count INTEGER NOT NULL);
CREATE TABLE story_article(article_id VARCHAR PRIMARY KEY, story_id VARCHAR NOT NULL, relation VARCHAR NOT NULL, similarity DOUBLE NOT NULL, CHECK((relation IN ('first', 'copy', 'update'))), CHECK((similarity BETWEEN 0 AND 1)));
INSERT INTO article (article_id, url, version, is_latest, capture_id, feed_id, title, byline, agency, dateline, published_at, modified_at, language, text, text_sha256, word_count, removed, minhash, extractor, tagger, loaded_at, run_id, section, image_url, dateline_date, update_number, marks, corrections, flags, published_source, published_precision, modified_source, modified_precision, character_count, removed_count, link_share, second_ratio, second_overlap, quality_score, extract_reason, extract_ms, tag_status) VALUES
    ('60946c47b7a4419a', 'https://wire.example/1', 2, true, 'c:https://wire.example/1:1600', 'paper', 'A village is attacked', [], NULL, NULL, '2026-11-20 12:01:00Z', NULL, NULL, 'Soldiers attacked the village of Rawa on Friday and killed three herders. The governor said that the army would leave the valley within a week. Neighbours told of two houses burnt and of a road that nobody could use until the evening.', '27f5b8fce0e23fceca57e0559c4a3a2a41d600e10e798dcbb90062802a75892a', 42, [{'text': 'Advertisement', 'reason': 'ad'}], [2505698859, 360501000, 3248052532, 346679957, 1334132138, 3251978753, 1125560722, 830421641, 3224656098, 3252596371, 2403775910, 2532344285, 902127430, 1141911714, 3278923905, 3230454228, 3224686427, 3276030973, 2086508058, 3249464366, 2527516616, 2140621839, 2757254546, 2653785679, 1181138316, 3247891100, 680652900, 500434481, 3242659392, 3227913460, 3310037348, 441730517, 879720580, 1312121122, 2435627270, 2259648026, 3233209469, 1397512683, 268403751, 2590016921, 271051911, 3233810046, 3232944911, 3079956469, 823050074, 419008625, 271463979, 3249198890, 3271435723, 3257275027, 3289156308, 2746636682, 3236028560, 3221572347, 3239697978, 786363966, 3298779795, 434522820, 936386519, 3242524773, 59227664, 851483772, 1580402202, 1713014205, 508277432, 3263399422, 259686443, 3221447716, 91432095, 3226056929, 3235235814, 3234659735, 48407877, 3221269114, 3235518343, 963801760, 3228830689, 1668794545, 113549478, 2762760629, 3221996115, 583034556, 1404964319, 3249606432, 252554305, 3281322548, 3236212368, 3240130308, 3224395739, 3250492460, 1120241736, 3388423338, 1108633824, 2153347030, 3315882037, 3259053921, 2200993579, 1865955208, 3239169463, 3246879248, 3275581345, 1042036504, 235163760, 3241490298, 3315717820, 1513207575, 2158884511, 1569387930, 1694164556, 3256129153, 3237841602, 631736703, 3272101720, 3225292310, 1434914368, 1791073167, 3319236466, 1232716203, 613877315, 452662466, 3044452453, 3294792390, 3261360831, 374393901, 3337534905, 15175759, 3249930374, 3227199012], 'test', 'test', '2026-11-20 16:00:00Z', 'run-1', NULL, NULL, NULL, NULL, [], [], [], NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'tagged'),
    ('78101d0f5d964364', 'https://wire.example/3', 1, true, 'c:https://wire.example/3:1500', 'paper', 'A village is attacked', [], NULL, NULL, '2026-11-20 12:03:00Z', NULL, NULL, 'The national orchestra of Rawa opened its season with a new symphony, which the hall greeted with long applause. Its conductor announced a tour of eleven cities, and the minister of culture promised a second hall by spring.', '3c484006d3b1a4e060bf3b3b94cf0c900d480fa057656c8eddbe3dba72439062', 38, [{'text': 'Advertisement', 'reason': 'ad'}], [3282167435, 3295439948, 2795996976, 2704544896, 2909942052, 3329074698, 3255129678, 3255649764, 3257410515, 3259552073, 680328259, 3239771732, 2735205923, 350250431, 3239167975, 1319993773, 3275125883, 1228340164, 3226399255, 3295725882, 748385749, 1650452378, 3273282657, 3239810573, 3289372803, 3256607471, 209874517, 3254102478, 199600702, 699642541, 1000277368, 3240383212, 3244834752, 496862858, 3225542034, 3229031124, 3253928382, 1032184986, 3249917606, 3222208941, 2060088065, 3294340524, 109900091, 3155467902, 751756188, 1614914006, 2396854725, 3232886177, 3246296963, 2529607684, 437630759, 1547213929, 1790315638, 3242766692, 1078325972, 868978468, 1629639004, 297221131, 1792592407, 2678425432, 567563167, 2397818976, 750413299, 2617072718, 3264218101, 3232004871, 3230065514, 833973283, 2072408375, 3230147205, 3281161751, 3114813980, 3263041175, 2083589889, 1362847587, 2399781977, 1837004480, 3238535034, 891286033, 3268344410, 3131671804, 3278696682, 3235400196, 1754787486, 3221774684, 3280717094, 3237104307, 181956823, 3280368151, 3273181259, 3229041421, 1625768278, 3233182547, 674564647, 1142466089, 3232905710, 3260009572, 1719094996, 409337578, 3250810643, 3306419180, 3248252857, 3235636097, 598124841, 815066576, 3251012912, 1526527950, 1957247194, 3230389416, 2996664408, 3277655725, 3242008453, 3083288880, 1702312088, 3229858490, 3239707396, 1139717007, 235568241, 2478288172, 962986680, 3250715278, 640189381, 3229942651, 3266088991, 1178923861, 3302731617, 1242513648, 3240465591], 'test', 'test', '2026-11-20 15:00:00Z', 'run-1', NULL, NULL, NULL, NULL, [], [], [], NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'tagged'),
    ('7dbe980d21d09154', 'https://wire.example/2', 1, true, 'c:https://wire.example/2:1400', 'wire', 'A village is attacked', [], NULL, NULL, '2026-11-20 12:02:00Z', NULL, NULL, 'Soldiers attacked the village of Rawa on Friday and killed three herders. The governor said that the army would leave the valley within a week. Neighbours told of houses burnt and of a road that nobody could use until the evening. (Editing by the desk)', '52f8ca9bc760563798b5a78ce82d0596003f1c01156c4225f88b2012bc907724', 45, [{'text': 'Advertisement', 'reason': 'ad'}], [2505698859, 360501000, 3248052532, 346679957, 757004483, 3251978753, 1125560722, 3245960839, 3224656098, 3252596371, 242645655, 2532344285, 902127430, 1141911714, 3278923905, 3230454228, 3229771656, 3276030973, 2086508058, 3249464366, 3299312848, 2140621839, 2757254546, 2653785679, 1181138316, 3247891100, 680652900, 500434481, 3242659392, 112972709, 3310037348, 441730517, 879720580, 1312121122, 2435627270, 2259648026, 3233209469, 1397512683, 268403751, 3260175860, 271051911, 3242557041, 3232944911, 1472136762, 1504685531, 419008625, 271463979, 3249198890, 3271435723, 3231946697, 3289156308, 2746636682, 3236028560, 3221572347, 3239697978, 786363966, 3236873328, 434522820, 936386519, 3242524773, 59227664, 851483772, 1580402202, 1713014205, 508277432, 3260508167, 259686443, 3221447716, 91432095, 3226056929, 3228942195, 3238651785, 48407877, 3221269114, 3235518343, 963801760, 3228830689, 1668794545, 113549478, 2762760629, 3221996115, 583034556, 1404964319, 3242254932, 3239190615, 3281322548, 3236212368, 3240130308, 3224395739, 3250492460, 3264921446, 3285531556, 429094589, 635356594, 3315882037, 3259053921, 2200993579, 1865955208, 2441051797, 3246879248, 3275581345, 1263152075, 3230055292, 3241490298, 3315717820, 1513207575, 2158884511, 1569387930, 3308683968, 3256129153, 1855340342, 631736703, 3307894093, 3236518227, 1434914368, 1007510658, 3319236466, 1232716203, 613877315, 452662466, 3044452453, 3230500010, 381707765, 374393901, 3366532219, 15175759, 3249930374, 3227199012], 'test', 'test', '2026-11-20 14:00:00Z', 'run-1', NULL, NULL, NULL, NULL, [], [], [], NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'tagged'),
    ('c2c0036ea3270491', 'https://wire.example/1', 1, false, 'c:https://wire.example/1:1300', 'paper', 'A village is attacked', [], NULL, NULL, '2026-11-20 12:01:00Z', NULL, NULL, 'Soldiers attacked the village of Rawa on Friday and killed three herders. The governor said that the army would leave the valley within a week. Neighbours told of houses burnt and of a road that nobody could use until the evening.', 'af8850680ad6fceda29f0a60f1af05231fb7ab8f4f7198b5cdf4c51af8ec0272', 41, [{'text': 'Advertisement', 'reason': 'ad'}], [2505698859, 360501000, 3248052532, 346679957, 1334132138, 3251978753, 1125560722, 3245960839, 3224656098, 3252596371, 3242277206, 2532344285, 902127430, 1141911714, 3278923905, 3230454228, 3229771656, 3276030973, 2086508058, 3249464366, 3299312848, 2140621839, 2757254546, 2653785679, 1181138316, 3247891100, 680652900, 500434481, 3242659392, 3227913460, 3310037348, 441730517, 879720580, 1312121122, 2435627270, 2259648026, 3233209469, 1397512683, 268403751, 3260175860, 271051911, 3242557041, 3232944911, 1472136762, 1504685531, 419008625, 271463979, 3249198890, 3271435723, 3257275027, 3289156308, 2746636682, 3236028560, 3221572347, 3239697978, 786363966, 3298779795, 434522820, 936386519, 3242524773, 59227664, 851483772, 1580402202, 1713014205, 508277432, 3260712973, 259686443, 3221447716, 91432095, 3226056929, 3228942195, 3238651785, 48407877, 3221269114, 3235518343, 963801760, 3228830689, 1668794545, 113549478, 2762760629, 3221996115, 583034556, 1404964319, 3242254932, 3239190615, 3281322548, 3236212368, 3240130308, 3224395739, 3250492460, 3264921446, 3285531556, 1108633824, 635356594, 3315882037, 3259053921, 2200993579, 1865955208, 2441051797, 3246879248, 3275581345, 1263152075, 3230055292, 3241490298, 3315717820, 1513207575, 2158884511, 1569387930, 3308683968, 3256129153, 3237841602, 631736703, 3307894093, 3236518227, 1434914368, 1007510658, 3319236466, 1232716203, 613877315, 452662466, 3044452453, 3230500010, 381707765, 374393901, 3366532219, 15175759, 3249930374, 3227199012], 'test', 'test', '2026-11-20 13:00:00Z', 'run-1', NULL, NULL, NULL, NULL, [], [], [], NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'tagged');
INSERT INTO article_band (band_key, article_id) VALUES
    (166742051251159467, '7dbe980d21d09154'),
    (166742051251159467, 'c2c0036ea3270491'),
    (175803971176934826, '60946c47b7a4419a'),
    (217469700767870475, '7dbe980d21d09154'),
    (296285056576428114, '60946c47b7a4419a'),
    (357039958042901561, '78101d0f5d964364'),
    (599981933615848070, '78101d0f5d964364'),
    (627345590086032603, '60946c47b7a4419a'),
    (669463858083492269, '7dbe980d21d09154'),
    (669463858083492269, 'c2c0036ea3270491'),
    (942354755110817109, '60946c47b7a4419a'),
    (946748205095518464, '78101d0f5d964364'),
    (1131990715694502392, '60946c47b7a4419a'),
    (1131990715694502392, '7dbe980d21d09154'),
    (1131990715694502392, 'c2c0036ea3270491'),
    (1432819343082088603, '78101d0f5d964364'),
    (1480260534269829409, '7dbe980d21d09154'),
    (1480260534269829409, 'c2c0036ea3270491'),
    (1891048052023820966, 'c2c0036ea3270491'),
    (1960623490583867378, '78101d0f5d964364'),
    (2016413431992331561, 'c2c0036ea3270491'),
    (2542338359582873470, '60946c47b7a4419a'),
    (2542338359582873470, 'c2c0036ea3270491'),
    (2775190173367016386, '60946c47b7a4419a'),
    (2881626502519288627, '60946c47b7a4419a'),
    (2881626502519288627, '7dbe980d21d09154'),
    (2881626502519288627, 'c2c0036ea3270491'),
    (3122443994530627957, '60946c47b7a4419a'),
    (3146028385475356511, '78101d0f5d964364'),
    (3202390260590743296, '78101d0f5d964364'),
    (3355783693330728839, '78101d0f5d964364'),
    (3436820262470584502, '60946c47b7a4419a'),
    (3666513103933918571, '7dbe980d21d09154'),
    (3744902871561623939, '7dbe980d21d09154'),
    (3895387478975860750, '78101d0f5d964364'),
    (4841114450913655500, '7dbe980d21d09154'),
    (4841114450913655500, 'c2c0036ea3270491'),
    (5096602929992172166, '78101d0f5d964364'),
    (5320356379307866351, '60946c47b7a4419a'),
    (5320356379307866351, '7dbe980d21d09154'),
    (5320356379307866351, 'c2c0036ea3270491'),
    (5412863556818539133, '78101d0f5d964364'),
    (5515042471362446936, '60946c47b7a4419a'),
    (5515042471362446936, '7dbe980d21d09154'),
    (5515042471362446936, 'c2c0036ea3270491'),
    (5743818809786527821, '78101d0f5d964364'),
    (5869647225772416026, '60946c47b7a4419a'),
    (5957521085268048663, '60946c47b7a4419a'),
    (5957521085268048663, '7dbe980d21d09154'),
    (5957521085268048663, 'c2c0036ea3270491'),
    (5957586382481786770, '78101d0f5d964364'),
    (6047489139140567515, '60946c47b7a4419a'),
    (6164190641709465209, '60946c47b7a4419a'),
    (6164190641709465209, '7dbe980d21d09154'),
    (6164190641709465209, 'c2c0036ea3270491'),
    (6191931523598262538, '60946c47b7a4419a'),
    (6191931523598262538, '7dbe980d21d09154'),
    (6191931523598262538, 'c2c0036ea3270491'),
    (6606306830661341555, '7dbe980d21d09154'),
    (6606306830661341555, 'c2c0036ea3270491'),
    (6624319422904645704, '60946c47b7a4419a'),
    (6829241010823901144, '7dbe980d21d09154'),
    (6829241010823901144, 'c2c0036ea3270491'),
    (7139755671234022408, '7dbe980d21d09154'),
    (7411925815128574601, '60946c47b7a4419a'),
    (7642401229808792787, '7dbe980d21d09154'),
    (7642401229808792787, 'c2c0036ea3270491'),
    (7878450175301425860, '60946c47b7a4419a'),
    (7878450175301425860, '7dbe980d21d09154'),
    (7878450175301425860, 'c2c0036ea3270491'),
    (8410143600328529806, '78101d0f5d964364'),
    (8458415567358119265, '7dbe980d21d09154'),
    (8458415567358119265, 'c2c0036ea3270491'),
    (8634489576320027934, '78101d0f5d964364'),
    (9048418757629220930, '60946c47b7a4419a'),
    (9048418757629220930, '7dbe980d21d09154'),
    (9048418757629220930, 'c2c0036ea3270491'),
    (9117895479988528939, '78101d0f5d964364'),
    (9371466962535230821, '78101d0f5d964364'),
    (9460584121872339995, '60946c47b7a4419a'),
    (9460584121872339995, 'c2c0036ea3270491'),
    (9538461596037238770, '60946c47b7a4419a'),
    (9597349016599604260, '78101d0f5d964364'),
    (9665524053972576393, '7dbe980d21d09154'),
    (9665524053972576393, 'c2c0036ea3270491'),
    (9686029988358365518, '60946c47b7a4419a'),
    (9686029988358365518, '7dbe980d21d09154'),
    (9686029988358365518, 'c2c0036ea3270491'),
    (9787809738080646813, '78101d0f5d964364'),
    (10057434720790421922, '60946c47b7a4419a'),
    (10057434720790421922, '7dbe980d21d09154'),
    (10057434720790421922, 'c2c0036ea3270491'),
    (10162624013104944198, '78101d0f5d964364'),
    (10247761990655618439, '60946c47b7a4419a'),
    (10296993124877099455, '7dbe980d21d09154'),
    (10296993124877099455, 'c2c0036ea3270491'),
    (10365791351396293851, '60946c47b7a4419a'),
    (10365791351396293851, '7dbe980d21d09154'),
    (10365791351396293851, 'c2c0036ea3270491'),
    (10503316736793028198, '78101d0f5d964364'),
    (10557414313664733642, '7dbe980d21d09154'),
    (10716318400327308329, '60946c47b7a4419a'),
    (10748944589068238797, '60946c47b7a4419a'),
    (10748944589068238797, '7dbe980d21d09154'),
    (10748944589068238797, 'c2c0036ea3270491'),
    (11268481694723135766, '7dbe980d21d09154'),
    (11268481694723135766, 'c2c0036ea3270491'),
    (11346071474343381272, '78101d0f5d964364'),
    (11650769078524495194, '60946c47b7a4419a'),
    (11650769078524495194, '7dbe980d21d09154'),
    (11650769078524495194, 'c2c0036ea3270491'),
    (11712523678117606146, '78101d0f5d964364'),
    (11717539077603832922, '60946c47b7a4419a'),
    (11744815817167173482, '7dbe980d21d09154'),
    (11862585053348242192, 'c2c0036ea3270491'),
    (12089764382564882780, '7dbe980d21d09154'),
    (12089764382564882780, 'c2c0036ea3270491'),
    (12199809252701398865, '60946c47b7a4419a'),
    (12335750540973304270, 'c2c0036ea3270491'),
    (12408209009985435103, '78101d0f5d964364'),
    (12579197731417005314, '78101d0f5d964364'),
    (12681715529236726560, '60946c47b7a4419a'),
    (12681715529236726560, '7dbe980d21d09154'),
    (12681715529236726560, 'c2c0036ea3270491'),
    (12700265579486843918, '7dbe980d21d09154'),
    (12706398003297056971, '60946c47b7a4419a'),
    (12706398003297056971, 'c2c0036ea3270491'),
    (12954895121923659551, '78101d0f5d964364'),
    (13476132057993119275, '78101d0f5d964364'),
    (13512741013134579694, '60946c47b7a4419a'),
    (13512741013134579694, '7dbe980d21d09154'),
    (13512741013134579694, 'c2c0036ea3270491'),
    (13586343100974102815, '78101d0f5d964364'),
    (13679454735333709812, '78101d0f5d964364'),
    (14171453347617407580, '60946c47b7a4419a'),
    (14171453347617407580, '7dbe980d21d09154'),
    (14171453347617407580, 'c2c0036ea3270491'),
    (14628057078196688523, '7dbe980d21d09154'),
    (14628057078196688523, 'c2c0036ea3270491'),
    (14828320119558833460, '78101d0f5d964364'),
    (14887357984553747435, '78101d0f5d964364'),
    (15089573095392144550, '60946c47b7a4419a'),
    (15225922520294678456, '78101d0f5d964364'),
    (15407696132259845236, '78101d0f5d964364'),
    (15488012912726479429, '60946c47b7a4419a'),
    (15606737122469214112, '78101d0f5d964364'),
    (15824788455304286425, '60946c47b7a4419a'),
    (15936605508492444889, '7dbe980d21d09154'),
    (15936605508492444889, 'c2c0036ea3270491'),
    (15946748073256459478, '78101d0f5d964364'),
    (16005172989286955177, '60946c47b7a4419a'),
    (16005172989286955177, '7dbe980d21d09154'),
    (16005172989286955177, 'c2c0036ea3270491'),
    (16111381474295198206, '78101d0f5d964364'),
    (16413589993244953041, '7dbe980d21d09154'),
    (16642093259798965789, '60946c47b7a4419a'),
    (16710616527682832434, '78101d0f5d964364'),
    (16839378820024303520, '7dbe980d21d09154'),
    (16839378820024303520, 'c2c0036ea3270491'),
    (16855132040353346231, '78101d0f5d964364'),
    (17025254023790212573, '78101d0f5d964364'),
    (17038783818215781629, '7dbe980d21d09154'),
    (17038783818215781629, 'c2c0036ea3270491'),
    (17221249466484808934, '60946c47b7a4419a'),
    (17221249466484808934, 'c2c0036ea3270491'),
    (17507948725418302303, '78101d0f5d964364'),
    (17519129544234087699, '78101d0f5d964364'),
    (17689219489935740254, '78101d0f5d964364');
INSERT INTO article_claim (article_id, field, ordinal, source, claim, claim_precision, chosen, run_id) VALUES
    ('60946c47b7a4419a', 'title', 1, 'feed', 'A village is attacked', NULL, true, 'run-1'),
    ('78101d0f5d964364', 'title', 1, 'feed', 'A village is attacked', NULL, true, 'run-1'),
    ('7dbe980d21d09154', 'title', 1, 'feed', 'A village is attacked', NULL, true, 'run-1'),
    ('c2c0036ea3270491', 'title', 1, 'feed', 'A village is attacked', NULL, true, 'run-1');
INSERT INTO capture (capture_id, url, final_url, fetched_at, http_status, content_type, body_sha256, size_bytes, warc_file, warc_offset, run_id, warc_length, pruned_at) VALUES
    ('c:https://wire.example/1:1300', 'https://wire.example/1', 'https://wire.example/1', '2026-11-20 13:00:00Z', 200, 'text/html', 'abc', 3, 'raw/x.warc.gz', 0, 'run-1', NULL, NULL),
    ('c:https://wire.example/1:1600', 'https://wire.example/1', 'https://wire.example/1', '2026-11-20 16:00:00Z', 200, 'text/html', 'abc', 3, 'raw/x.warc.gz', 0, 'run-1', NULL, NULL),
    ('c:https://wire.example/2:1400', 'https://wire.example/2', 'https://wire.example/2', '2026-11-20 14:00:00Z', 200, 'text/html', 'abc', 3, 'raw/x.warc.gz', 0, 'run-1', NULL, NULL),
    ('c:https://wire.example/3:1500', 'https://wire.example/3', 'https://wire.example/3', '2026-11-20 15:00:00Z', 200, 'text/html', 'abc', 3, 'raw/x.warc.gz', 0, 'run-1', NULL, NULL);
INSERT INTO date_mention (date_mention_id, article_id, date_text, start_offset, end_offset, date_start, date_end, date_precision, run_id) VALUES
    ('744264dee5d8949b', '7dbe980d21d09154', 'Friday', 41, 47, '2026-11-20', '2026-11-20', 'day', 'run-1'),
    ('b3fe45c9c1a043b2', '60946c47b7a4419a', 'Friday', 41, 47, '2026-11-20', '2026-11-20', 'day', 'run-1'),
    ('f00b64bc401bbcb0', 'c2c0036ea3270491', 'Friday', 41, 47, '2026-11-20', '2026-11-20', 'day', 'run-1');
INSERT INTO drop_file (feed_id, file_name, size_bytes, modified_ns, read_at, run_id) VALUES
    ('wire', 'a.xml', 10, 0, '2026-11-20 12:00:00Z', 'run-1');
INSERT INTO entity (entity_id, entity_name, kind, country, sector, known, first_seen_at, last_seen_at, run_id) VALUES
    ('r', 'Rawa', 'PLACE', NULL, NULL, NULL, '2026-11-20 12:01:00Z', '2026-11-20 12:03:00Z', 'run-1');
INSERT INTO entity_alias (name_id, alias, entity_id, canonical, alias_key, block_key, first_article_id, mention_count, run_id) VALUES
    ('r', 'Rawa', 'r', true, 'rawa', 'PLACE:rw', 'c2c0036ea3270491', 4, 'run-1');
INSERT INTO entry (feed_id, entry_id, guid, url, title, summary, content_html, authors, categories, published_at, updated_at, published_raw, entry_version, item_status, first_seen_at, status, stage, reason, attempts, next_attempt_at, capture_id, article_id, run_id, link, content_id, full_text, renewals, embargoed_until, urgency, subjects, agency, slug) VALUES
    ('paper', 'e1', 'guid-1', 'https://wire.example/1', 'Story 1', NULL, NULL, [], [], '2026-11-20 12:01:00Z', '2026-11-20 16:00:00Z', NULL, NULL, NULL, '2026-11-20 13:00:00Z', 'loaded', NULL, NULL, 0, NULL, 'c:https://wire.example/1:1600', '60946c47b7a4419a', 'run-1', 'https://wire.example/1', '93712ad82f2fa736', false, 1, NULL, NULL, [], NULL, NULL),
    ('paper', 'e3', 'guid-3', 'https://wire.example/3', 'Story 3', NULL, NULL, [], [], '2026-11-20 12:03:00Z', NULL, NULL, NULL, NULL, '2026-11-20 15:00:00Z', 'loaded', NULL, NULL, 0, NULL, 'c:https://wire.example/3:1500', '78101d0f5d964364', 'run-1', 'https://wire.example/3', 'b24b1467b64987bf', false, 0, NULL, NULL, [], NULL, NULL),
    ('wire', 'e2', 'guid-2', 'https://wire.example/2', 'Story 2', NULL, NULL, [], [], '2026-11-20 12:02:00Z', NULL, NULL, NULL, NULL, '2026-11-20 14:00:00Z', 'loaded', NULL, NULL, 0, NULL, 'c:https://wire.example/2:1400', '7dbe980d21d09154', 'run-1', 'https://wire.example/2', 'e25af12c4b6f55ec', false, 0, NULL, NULL, [], NULL, NULL),
    ('wire', 'e4', 'guid-4', 'https://wire.example/4', 'Story 4', NULL, NULL, [], [], '2026-11-20 12:00:00Z', NULL, NULL, NULL, NULL, '2026-11-20 16:00:00Z', 'failed', 'fetch', 'http_404', 1, '2026-11-20 16:00:00Z', NULL, NULL, 'run-1', 'https://wire.example/4', '1b184aedd6fb8f54', false, 0, NULL, NULL, [], NULL, NULL),
    ('wire', 'e5', 'guid-5', 'https://wire.example/5', 'Story 5', NULL, NULL, [], [], '2026-11-20 12:00:00Z', NULL, NULL, NULL, NULL, '2026-11-20 16:00:00Z', 'pending', NULL, NULL, 0, NULL, NULL, NULL, 'run-1', 'https://wire.example/5', 'f947c9b99c683224', false, 0, NULL, NULL, [], NULL, NULL);
INSERT INTO event (event_id, event_type, mode, quad, scale, actors, actor_country, actor_sector, recipients, recipient_country, recipient_sector, place_name, geonameid, latitude, longitude, country, admin1, feature, date_start, date_end, reported_on, killed_low, killed_high, wounded_low, wounded_high, arrested_low, arrested_high, mention_count, article_count, story_count, confidence, lead_event_mention_id) VALUES
    ('7e35ead1f676229c', 'ASSAULT', NULL, 4, -9.0, ['Soldiers'], NULL, 'MIL', ['herders'], 'IRQ', 'AGR', 'Rāwah', 91597, 34.48, 41.92, 'IRQ', 'Al Anbar', 'PPL', '2026-11-20', '2026-11-20', '2026-11-20', 3, 3, NULL, NULL, NULL, NULL, 2, 2, 1, 0.8, '340245f6a8022a0b');
INSERT INTO event_mention (event_mention_id, article_id, event_id, event_type, mode, contexts, quad, scale, trigger_text, start_offset, end_offset, sentence_text, sentence_start, sentence_end, place_id, date_start, date_end, date_text, killed_low, killed_high, wounded_low, wounded_high, arrested_low, arrested_high, polarity, modality, attribution, confidence, rule, run_id) VALUES
    ('0f02af1a3bb49cbd', 'c2c0036ea3270491', '7e35ead1f676229c', 'ASSAULT', NULL, ['military'], 4, -9.0, 'attacked', 9, 17, 'Soldiers attacked the village of Rawa on Friday and killed three herders.', 0, 73, '2c06de7d2fe9b4fb', '2026-11-20', '2026-11-20', 'Friday', 3, 3, NULL, NULL, NULL, NULL, 'affirmed', 'actual', NULL, 0.8, 'attack-verb', 'run-1'),
    ('340245f6a8022a0b', '60946c47b7a4419a', '7e35ead1f676229c', 'ASSAULT', NULL, ['military'], 4, -9.0, 'attacked', 9, 17, 'Soldiers attacked the village of Rawa on Friday and killed three herders.', 0, 73, 'c4111c81ef007161', '2026-11-20', '2026-11-20', 'Friday', 3, 3, NULL, NULL, NULL, NULL, 'affirmed', 'actual', NULL, 0.8, 'attack-verb', 'run-1'),
    ('e8d430f55b118a47', '7dbe980d21d09154', '7e35ead1f676229c', 'ASSAULT', NULL, ['military'], 4, -9.0, 'attacked', 9, 17, 'Soldiers attacked the village of Rawa on Friday and killed three herders.', 0, 73, '5bd09258d8cffb53', '2026-11-20', '2026-11-20', 'Friday', 3, 3, NULL, NULL, NULL, NULL, 'affirmed', 'actual', NULL, 0.8, 'attack-verb', 'run-1');
INSERT INTO event_participant (event_mention_id, role, ordinal, participant_text, start_offset, end_offset, entity_id, country, sector, run_id) VALUES
    ('0f02af1a3bb49cbd', 'actor', 1, 'Soldiers', 0, 8, NULL, NULL, 'MIL', 'run-1'),
    ('0f02af1a3bb49cbd', 'recipient', 1, 'herders', 65, 72, NULL, 'IRQ', 'AGR', 'run-1'),
    ('340245f6a8022a0b', 'actor', 1, 'Soldiers', 0, 8, NULL, NULL, 'MIL', 'run-1'),
    ('340245f6a8022a0b', 'recipient', 1, 'herders', 65, 72, NULL, 'IRQ', 'AGR', 'run-1'),
    ('e8d430f55b118a47', 'actor', 1, 'Soldiers', 0, 8, NULL, NULL, 'MIL', 'run-1'),
    ('e8d430f55b118a47', 'recipient', 1, 'herders', 65, 72, NULL, 'IRQ', 'AGR', 'run-1');
INSERT INTO failure (failure_id, run_id, failed_at, stage, feed_id, url, reason, detail, next_attempt_at) VALUES
    ('e14088477c0b33cc', 'run-1', '2026-11-20 16:00:00Z', 'fetch', 'wire', 'https://wire.example/4', 'http_404', 'https://wire.example/4: answered 404', '2026-11-20 16:00:00Z');
INSERT INTO feed (feed_id, feed_url, feed_title, agency, country, language, interval_seconds, enabled, etag, last_modified, body_sha256, last_poll_at, next_poll_at, failing_since, consecutive_failures, last_error, listed_url, watched_since, hint_seconds, next_poll_reason, last_full_at, last_unchanged_at, distrusted_until, gone_since, move_url, move_seen, move_since, identity, identity_reason) VALUES
    ('paper', 'https://paper.example/rss', NULL, NULL, NULL, NULL, NULL, true, '"1"', NULL, 'abc', '2026-11-20 16:00:00Z', '2026-11-20 16:45:49.633858Z', NULL, 0, NULL, 'https://paper.example/rss', '2026-11-20 13:00:00Z', NULL, 'learnt: 14 entries a day', '2026-11-20 16:00:00Z', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
    ('wire', 'https://wire.example/rss', NULL, NULL, NULL, NULL, NULL, true, '"1"', NULL, 'abc', '2026-11-20 16:00:00Z', '2026-11-20 16:45:56.948002Z', NULL, 0, NULL, 'https://wire.example/rss', '2026-11-20 14:00:00Z', NULL, 'learnt: 14 entries a day', '2026-11-20 16:00:00Z', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO feed_address (feed_id, feed_url, used_from, reason) VALUES
    ('paper', 'https://paper.example/rss', '2026-11-20 13:00:00Z', 'listed'),
    ('wire', 'https://wire.example/rss', '2026-11-20 13:00:00Z', 'listed');
INSERT INTO mention (mention_id, article_id, entity_id, label, mention_text, start_offset, end_offset, score, run_id, office, country, sector) VALUES
    ('05551cd52bac6487', '7dbe980d21d09154', 'r', 'GPE', 'Rawa', 33, 37, NULL, 'run-1', NULL, NULL, NULL),
    ('2fd5b7f5df1bb5df', '60946c47b7a4419a', 'r', 'GPE', 'Rawa', 33, 37, NULL, 'run-1', NULL, NULL, NULL),
    ('69cdefa84b4c0634', '78101d0f5d964364', 'r', 'GPE', 'Rawa', 26, 30, NULL, 'run-1', NULL, NULL, NULL),
    ('c6db294ba17f6302', 'c2c0036ea3270491', 'r', 'GPE', 'Rawa', 33, 37, NULL, 'run-1', NULL, NULL, NULL);
INSERT INTO place (place_id, article_id, place_text, start_offset, end_offset, place_name, geonameid, latitude, longitude, country, admin1, feature, place_precision, decided_by, score, run_id) VALUES
    ('2c06de7d2fe9b4fb', 'c2c0036ea3270491', 'Rawa', 33, 37, 'Rāwah', 91597, 34.48, 41.92, 'IRQ', 'Al Anbar', 'PPL', NULL, NULL, 0.9, 'run-1'),
    ('5bd09258d8cffb53', '7dbe980d21d09154', 'Rawa', 33, 37, 'Rāwah', 91597, 34.48, 41.92, 'IRQ', 'Al Anbar', 'PPL', NULL, NULL, 0.9, 'run-1'),
    ('c4111c81ef007161', '60946c47b7a4419a', 'Rawa', 33, 37, 'Rāwah', 91597, 34.48, 41.92, 'IRQ', 'Al Anbar', 'PPL', NULL, NULL, 0.9, 'run-1');
INSERT INTO poll (poll_id, feed_id, run_id, polled_at, elapsed_ms, http_status, outcome, feed_format, size_bytes, entries_seen, entries_new, problems, reason, detail, asked_url, final_url, asked_fully, entries_changed, entries_left_out, next_poll_at, next_poll_reason) VALUES
    ('2df24afe38e24065', 'paper', 'run-1', '2026-11-20 16:00:00Z', 5, 200, 'read', 'rss20', 1, 1, 0, [], NULL, NULL, 'https://paper.example/rss', 'https://paper.example/rss', false, 1, 0, '2026-11-20 16:45:49.633858Z', 'learnt: 14 entries a day'),
    ('535dc9508ff57e88', 'paper', 'run-1', '2026-11-20 15:00:00Z', 5, 200, 'read', 'rss20', 1, 1, 1, [], NULL, NULL, 'https://paper.example/rss', 'https://paper.example/rss', false, 0, 0, '2026-11-20 15:44:17.418689Z', 'learnt: 12 entries a day'),
    ('8a2dc94598a83c79', 'paper', 'run-1', '2026-11-20 13:00:00Z', 5, 200, 'read', 'rss20', 1, 1, 1, [], NULL, NULL, 'https://paper.example/rss', 'https://paper.example/rss', false, 0, 0, '2026-11-20 13:34:08.081732Z', 'learnt: 12 entries a day'),
    ('8b6fa1ff369a4466', 'wire', 'run-1', '2026-11-20 16:00:00Z', 5, 200, 'read', 'rss20', 1, 2, 2, [], NULL, NULL, 'https://wire.example/rss', 'https://wire.example/rss', false, 0, 0, '2026-11-20 16:45:56.948002Z', 'learnt: 14 entries a day'),
    ('ce0051009d8e1815', 'wire', 'run-1', '2026-11-20 14:00:00Z', 5, 200, 'read', 'rss20', 1, 1, 1, [], NULL, NULL, 'https://wire.example/rss', 'https://wire.example/rss', false, 0, 0, '2026-11-20 14:44:21.976958Z', 'learnt: 9.7 entries a day');
INSERT INTO quantity (quantity_id, article_id, quantity_text, start_offset, end_offset, low, high, unit, fate, counted, source_text, run_id) VALUES
    ('6a114e75436c1c92', '7dbe980d21d09154', 'three', 59, 64, 3.0, 3.0, 'herder', NULL, NULL, NULL, 'run-1'),
    ('99b3e5d25d333a3f', 'c2c0036ea3270491', 'three', 59, 64, 3.0, 3.0, 'herder', NULL, NULL, NULL, 'run-1'),
    ('a70c7c58740d2c00', '60946c47b7a4419a', 'three', 59, 64, 3.0, 3.0, 'herder', NULL, NULL, NULL, 'run-1');
INSERT INTO robots (origin, http_status, robots_text, fetched_at, unreachable_since) VALUES
    ('https://wire.example', NULL, '', '2026-11-20 12:00:00Z', NULL);
INSERT INTO run (run_id, flow, flow_run_id, program_version, host, pid, status, started_at, ended_at, feeds_polled, feeds_failed, entries_new, pages_fetched, articles_loaded, events_coded, failures, error) VALUES
    ('run-1', 'ingest', NULL, '0.1.0', 'desk', 1, 'completed', '2026-11-20 12:00:00Z', '2026-11-20 16:00:00Z', 5, 0, 5, 4, 4, 3, 1, NULL);
INSERT INTO schema_migration (migration, migration_sha256, applied_at) VALUES
    ('0001_intake.sql', '40ce508776b9c9b03e01340a3b9bcd97bccfb0e8a7e71effef1b0b14dedc97ab', '2026-11-28 19:27:55.725684Z'),
    ('0002_reading.sql', 'd642b14ceb0d6a2099a95c0cdf711f1f29a9af2a62e5e4ec6d64aeabbac6a899', '2026-11-28 19:27:56.104996Z'),
    ('0003_groups.sql', '6114d637960c83811c9fe13db1a484a3da81298c682cd831f263d9a53f764a13', '2026-11-28 19:27:56.313753Z'),
    ('0004_polling.sql', '4d9394e0972677e2da972407d3b1e80be9e3b5fcac638eb3648c8969415e77b2', '2026-11-28 19:27:56.689676Z'),
    ('0005_extraction.sql', 'b9756092a20705c8e13e2818844e709778e5c137b700a5dfb0a2e0062f6969f4', '2026-11-28 19:27:56.909841Z'),
    ('0006_entities.sql', 'ae4d762337c179dca5ffbd0f96b2d3d3c8c7a210ac6bb103ef3c29015e13372f', '2026-11-28 19:27:57.252206Z'),
    ('views', 'cb134af7ccc03ac6b982cb798f91949da24785af3d6941dba4454975b8752eb4', '2026-11-28 19:27:57.325648Z');
INSERT INTO story (story_id, title, first_published_at, first_article_id, article_count, feed_count) VALUES
    ('51f2739771710c3f', 'A village is attacked', '2026-11-20 12:03:00Z', '78101d0f5d964364', 1, 1),
    ('bc8ab198a4980377', 'A village is attacked', '2026-11-20 12:01:00Z', '60946c47b7a4419a', 2, 2);
INSERT INTO story_article (article_id, story_id, relation, similarity) VALUES
    ('60946c47b7a4419a', 'bc8ab198a4980377', 'first', 1.0),
    ('78101d0f5d964364', '51f2739771710c3f', 'first', 1.0),
    ('7dbe980d21d09154', 'bc8ab198a4980377', 'copy', 0.9375),
    ('c2c0036ea3270491', 'bc8ab198a4980377', 'copy', 0.796875);
CREATE VIEW disputed_articles AS SELECT a.article_id, c.field, arg_min(c.claim, c.ordinal) FILTER (WHERE c.chosen) AS chosen_claim, arg_min(c."source", c.ordinal) FILTER (WHERE c.chosen) AS chosen_source, list(main.struct_pack("source" := c."source", claim := c.claim) ORDER BY c.ordinal) FILTER (WHERE (NOT c.chosen)) AS other_claims, a.title, a.url FROM article_claim AS c INNER JOIN article AS a USING (article_id) WHERE (a.is_latest AND (c.field NOT IN ('url', 'image_url', 'section'))) GROUP BY a.article_id, c.field, a.title, a.url HAVING (count(DISTINCT CASE  WHEN (main.like_escape(c.field, '%\_at', '\')) THEN ("left"(c.claim, 10)) WHEN ((c.field = 'language')) THEN (lower("left"(c.claim, 2))) ELSE lower(c.claim) END) > 1);
CREATE VIEW entities AS WITH named AS (SELECT m.entity_id, count_star() AS mentions, count(DISTINCT m.article_id) AS articles, "mode"(m.office ORDER BY m.office) AS usual_office FROM mention AS m INNER JOIN article AS a USING (article_id) WHERE a.is_latest GROUP BY m.entity_id), "called" AS (SELECT entity_id, list(alias ORDER BY written DESC, alias) AS aliases FROM (SELECT entity_id, alias, sum(mention_count) AS written FROM entity_alias GROUP BY entity_id, alias) GROUP BY entity_id)SELECT e.entity_id, e.entity_name, e.kind, e.country, e.sector, n.usual_office, c.aliases, COALESCE(n.mentions, 0) AS mentions, COALESCE(n.articles, 0) AS articles, e.first_seen_at, e.last_seen_at, e.known FROM entity AS e LEFT JOIN named AS n USING (entity_id) LEFT JOIN "called" AS c USING (entity_id);
CREATE VIEW event_feed AS WITH participants AS (SELECT event_mention_id, list(participant_text ORDER BY ordinal) FILTER (WHERE ("role" = 'actor')) AS actors, list(participant_text ORDER BY ordinal) FILTER (WHERE ("role" = 'recipient')) AS recipients, arg_min(country, ordinal) FILTER (WHERE ("role" = 'actor')) AS actor_country, arg_min(sector, ordinal) FILTER (WHERE ("role" = 'actor')) AS actor_sector, arg_min(country, ordinal) FILTER (WHERE ("role" = 'recipient')) AS recipient_country, arg_min(sector, ordinal) FILTER (WHERE ("role" = 'recipient')) AS recipient_sector FROM event_participant GROUP BY event_mention_id)SELECT m.event_id, m.event_mention_id, m.event_type, m."mode", m.quad, m.scale, COALESCE(p.actors, main.list_value()) AS actors, p.actor_country, p.actor_sector, COALESCE(p.recipients, main.list_value()) AS recipients, p.recipient_country, p.recipient_sector, l.place_name, l.country, l.admin1, l.latitude, l.longitude, l.feature, m.date_start, m.date_end, CAST(main.timezone('UTC', a.published_at) AS DATE) AS reported_on, m.killed_low, m.killed_high, m.wounded_low, m.wounded_high, m.arrested_low, m.arrested_high, m.polarity, m.modality, m.attribution, m.confidence, m."rule", m.trigger_text, m.sentence_text, m.article_id, sa.story_id, a.agency, a.url FROM event_mention AS m INNER JOIN article AS a USING (article_id) LEFT JOIN participants AS p USING (event_mention_id) LEFT JOIN place AS l USING (place_id) LEFT JOIN story_article AS sa ON ((sa.article_id = m.article_id)) WHERE a.is_latest;
CREATE VIEW feed_health AS WITH entries AS (SELECT feed_id, count_star() AS entries, count_star() FILTER (WHERE (status = 'loaded')) AS loaded, count_star() FILTER (WHERE (status = 'failed')) AS failed, count_star() FILTER (WHERE (status IN ('pending', 'fetched'))) AS waiting, max(first_seen_at) AS last_new_entry_at FROM entry GROUP BY feed_id), polls AS (SELECT feed_id, count_star() AS polls, arg_max(outcome, polled_at) AS last_outcome FROM poll GROUP BY feed_id)SELECT f.feed_id, f.enabled, CASE  WHEN ((NOT f.enabled)) THEN ('off') WHEN ((f.last_poll_at IS NULL)) THEN ('new') WHEN ((f.gone_since IS NOT NULL)) THEN ('gone') WHEN ((f.consecutive_failures > 0)) THEN ('failing') ELSE 'good' END AS health, f.failing_since, f.gone_since, f.last_error, f.last_poll_at, f.next_poll_at, f.next_poll_reason, p.last_outcome, COALESCE(p.polls, 0) AS polls, COALESCE(e.entries, 0) AS entries, COALESCE(e.loaded, 0) AS loaded, COALESCE(e.failed, 0) AS failed, COALESCE(e.waiting, 0) AS waiting, e.last_new_entry_at, f.feed_url, f.listed_url FROM feed AS f LEFT JOIN entries AS e USING (feed_id) LEFT JOIN polls AS p USING (feed_id);
CREATE VIEW latest_articles AS SELECT a.article_id, a.title, a.published_at, a."language", a.agency, a.dateline, a.byline, a."text", a.word_count, a.url, a.feed_id, f.feed_title, sa.story_id, sa.relation, a."version", a.capture_id, a.loaded_at FROM article AS a LEFT JOIN feed AS f USING (feed_id) LEFT JOIN story_article AS sa USING (article_id) WHERE a.is_latest;
CREATE VIEW sightings AS WITH shown AS (SELECT url, feed_id, min(first_seen_at) AS first_seen_at, min(published_at) AS published_at, arg_min(title, first_seen_at) AS title, arg_max(article_id, first_seen_at) AS article_id, max(renewals) AS renewals FROM entry WHERE (url IS NOT NULL) GROUP BY url, feed_id)SELECT s.url, s.feed_id, s.title, s.published_at, s.first_seen_at, s.renewals, s.article_id, CAST(count() OVER (PARTITION BY s.url ORDER BY s.first_seen_at, s.feed_id ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) AS INTEGER) AS feed_count, first_value(s.feed_id) OVER (PARTITION BY s.url ORDER BY s.first_seen_at, s.feed_id ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) AS first_feed_id, round((epoch((s.first_seen_at - first_value(s.first_seen_at) OVER (PARTITION BY s.url ORDER BY s.first_seen_at, s.feed_id ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING))) / 60), 1) AS minutes_after_first FROM shown AS s;
