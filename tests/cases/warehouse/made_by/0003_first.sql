-- As the first commit with a warehouse made it: 0002 had another comment.
-- Dumped from a file that the program of that day made and filled; never changed since.
CREATE TYPE entry_status AS ENUM ('pending', 'fetched', 'loaded', 'failed', 'skipped');
CREATE TYPE run_status AS ENUM ('running', 'completed', 'failed', 'crashed');
CREATE TYPE stage AS ENUM ('poll', 'fetch', 'extract', 'tag', 'load');
CREATE TABLE article(article_id VARCHAR PRIMARY KEY, url VARCHAR NOT NULL, "version" INTEGER NOT NULL, is_latest BOOLEAN NOT NULL, capture_id VARCHAR NOT NULL, feed_id VARCHAR NOT NULL, title VARCHAR, byline VARCHAR[] DEFAULT(main.list_value()) NOT NULL, agency VARCHAR, dateline VARCHAR, published_at TIMESTAMP WITH TIME ZONE, modified_at TIMESTAMP WITH TIME ZONE, "language" VARCHAR, "text" VARCHAR NOT NULL, text_sha256 VARCHAR NOT NULL, word_count INTEGER NOT NULL, removed STRUCT("text" VARCHAR, reason VARCHAR)[] DEFAULT(main.list_value()) NOT NULL, quality JSON, minhash UINTEGER[] DEFAULT(main.list_value()) NOT NULL, extractor VARCHAR NOT NULL, tagger VARCHAR NOT NULL, loaded_at TIMESTAMP WITH TIME ZONE NOT NULL, run_id VARCHAR NOT NULL, CHECK(("version" >= 1)));
CREATE TABLE article_band(band_key UBIGINT NOT NULL, article_id VARCHAR NOT NULL);
CREATE TABLE capture(capture_id VARCHAR PRIMARY KEY, url VARCHAR NOT NULL, final_url VARCHAR NOT NULL, fetched_at TIMESTAMP WITH TIME ZONE NOT NULL, http_status SMALLINT NOT NULL, content_type VARCHAR, body_sha256 VARCHAR NOT NULL, size_bytes BIGINT NOT NULL, warc_file VARCHAR NOT NULL, warc_offset BIGINT NOT NULL, run_id VARCHAR NOT NULL);
CREATE TABLE entry(feed_id VARCHAR, entry_id VARCHAR, guid VARCHAR, url VARCHAR, title VARCHAR, summary VARCHAR, content_html VARCHAR, authors VARCHAR[] DEFAULT(main.list_value()) NOT NULL, categories VARCHAR[] DEFAULT(main.list_value()) NOT NULL, published_at TIMESTAMP WITH TIME ZONE, updated_at TIMESTAMP WITH TIME ZONE, published_raw VARCHAR, entry_version INTEGER, item_status VARCHAR, first_seen_at TIMESTAMP WITH TIME ZONE NOT NULL, status ENUM('pending', 'fetched', 'loaded', 'failed', 'skipped') NOT NULL, stage ENUM('poll', 'fetch', 'extract', 'tag', 'load'), reason VARCHAR, attempts INTEGER DEFAULT(0) NOT NULL, next_attempt_at TIMESTAMP WITH TIME ZONE, capture_id VARCHAR, article_id VARCHAR, run_id VARCHAR NOT NULL, CHECK((item_status IN ('usable', 'canceled', 'withheld'))), PRIMARY KEY(feed_id, entry_id));
CREATE TABLE "event"(event_id VARCHAR PRIMARY KEY, event_type VARCHAR NOT NULL, "mode" VARCHAR, quad TINYINT NOT NULL, scale DOUBLE NOT NULL, actors VARCHAR[] NOT NULL, actor_country VARCHAR, actor_sector VARCHAR, recipients VARCHAR[] NOT NULL, recipient_country VARCHAR, recipient_sector VARCHAR, place_name VARCHAR, geonameid INTEGER, latitude DOUBLE, longitude DOUBLE, country VARCHAR, admin1 VARCHAR, feature VARCHAR, date_start DATE, date_end DATE, reported_on DATE, killed_low INTEGER, killed_high INTEGER, wounded_low INTEGER, wounded_high INTEGER, arrested_low INTEGER, arrested_high INTEGER, mention_count INTEGER NOT NULL, article_count INTEGER NOT NULL, story_count INTEGER NOT NULL, confidence DOUBLE NOT NULL, lead_event_mention_id VARCHAR NOT NULL, CHECK((quad BETWEEN 1 AND 4)), CHECK((scale BETWEEN -10 AND 10)), CHECK((length(country) = 3)));
CREATE TABLE event_mention(event_mention_id VARCHAR PRIMARY KEY, article_id VARCHAR NOT NULL, event_id VARCHAR, event_type VARCHAR NOT NULL, "mode" VARCHAR, contexts VARCHAR[] DEFAULT(main.list_value()) NOT NULL, quad TINYINT NOT NULL, scale DOUBLE NOT NULL, trigger_text VARCHAR NOT NULL, start_offset INTEGER NOT NULL, end_offset INTEGER NOT NULL, sentence_text VARCHAR NOT NULL, sentence_start INTEGER NOT NULL, sentence_end INTEGER NOT NULL, place_id VARCHAR, date_start DATE, date_end DATE, date_text VARCHAR, killed_low INTEGER, killed_high INTEGER, wounded_low INTEGER, wounded_high INTEGER, arrested_low INTEGER, arrested_high INTEGER, polarity VARCHAR NOT NULL, modality VARCHAR NOT NULL, attribution VARCHAR, confidence DOUBLE NOT NULL, "rule" VARCHAR NOT NULL, run_id VARCHAR NOT NULL, CHECK((quad BETWEEN 1 AND 4)), CHECK((scale BETWEEN -10 AND 10)), CHECK((end_offset > start_offset)), CHECK((sentence_end > sentence_start)), CHECK((polarity IN ('affirmed', 'negated'))), CHECK((modality IN ('actual', 'planned', 'hypothetical', 'historical'))));
CREATE TABLE event_participant(event_mention_id VARCHAR, "role" VARCHAR, ordinal SMALLINT, participant_text VARCHAR NOT NULL, start_offset INTEGER NOT NULL, end_offset INTEGER NOT NULL, entity_id VARCHAR, country VARCHAR, sector VARCHAR, run_id VARCHAR NOT NULL, CHECK(("role" IN ('actor', 'recipient'))), CHECK((end_offset > start_offset)), CHECK((length(country) = 3)), PRIMARY KEY(event_mention_id, "role", ordinal));
CREATE TABLE failure(failure_id VARCHAR PRIMARY KEY, run_id VARCHAR NOT NULL, failed_at TIMESTAMP WITH TIME ZONE NOT NULL, stage ENUM('poll', 'fetch', 'extract', 'tag', 'load') NOT NULL, feed_id VARCHAR, url VARCHAR, reason VARCHAR NOT NULL, detail VARCHAR NOT NULL, next_attempt_at TIMESTAMP WITH TIME ZONE);
CREATE TABLE feed(feed_id VARCHAR PRIMARY KEY, feed_url VARCHAR NOT NULL, feed_title VARCHAR, agency VARCHAR, country VARCHAR, "language" VARCHAR, interval_seconds INTEGER NOT NULL, enabled BOOLEAN NOT NULL, etag VARCHAR, last_modified VARCHAR, body_sha256 VARCHAR, ttl_minutes INTEGER, last_poll_at TIMESTAMP WITH TIME ZONE, next_poll_at TIMESTAMP WITH TIME ZONE, failing_since TIMESTAMP WITH TIME ZONE, consecutive_failures INTEGER DEFAULT(0) NOT NULL, last_error VARCHAR, CHECK((length(country) = 3)), CHECK((interval_seconds > 0)));
CREATE TABLE mention(mention_id VARCHAR PRIMARY KEY, article_id VARCHAR NOT NULL, entity_id VARCHAR, "label" VARCHAR NOT NULL, mention_text VARCHAR NOT NULL, start_offset INTEGER NOT NULL, end_offset INTEGER NOT NULL, score DOUBLE, run_id VARCHAR NOT NULL, CHECK((end_offset > start_offset)));
CREATE TABLE place(place_id VARCHAR PRIMARY KEY, article_id VARCHAR NOT NULL, place_text VARCHAR NOT NULL, start_offset INTEGER NOT NULL, end_offset INTEGER NOT NULL, place_name VARCHAR NOT NULL, geonameid INTEGER, latitude DOUBLE, longitude DOUBLE, country VARCHAR, admin1 VARCHAR, feature VARCHAR, score DOUBLE, run_id VARCHAR NOT NULL, CHECK((end_offset > start_offset)), CHECK((latitude BETWEEN -90 AND 90)), CHECK((longitude BETWEEN -180 AND 180)), CHECK((length(country) = 3)));
CREATE TABLE poll(poll_id VARCHAR PRIMARY KEY, feed_id VARCHAR NOT NULL, run_id VARCHAR NOT NULL, polled_at TIMESTAMP WITH TIME ZONE NOT NULL, elapsed_ms INTEGER, http_status SMALLINT, outcome VARCHAR NOT NULL, feed_format VARCHAR, size_bytes BIGINT, entries_seen INTEGER DEFAULT(0) NOT NULL, entries_new INTEGER DEFAULT(0) NOT NULL, problems VARCHAR[] DEFAULT(main.list_value()) NOT NULL, reason VARCHAR, detail VARCHAR, CHECK((outcome IN ('read', 'unchanged', 'failed'))));
CREATE TABLE run(run_id VARCHAR PRIMARY KEY, flow VARCHAR NOT NULL, flow_run_id VARCHAR, program_version VARCHAR NOT NULL, host VARCHAR NOT NULL, pid INTEGER NOT NULL, status ENUM('running', 'completed', 'failed', 'crashed') NOT NULL, started_at TIMESTAMP WITH TIME ZONE NOT NULL, ended_at TIMESTAMP WITH TIME ZONE, feeds_polled INTEGER DEFAULT(0) NOT NULL, feeds_failed INTEGER DEFAULT(0) NOT NULL, entries_new INTEGER DEFAULT(0) NOT NULL, pages_fetched INTEGER DEFAULT(0) NOT NULL, articles_loaded INTEGER DEFAULT(0) NOT NULL, events_coded INTEGER DEFAULT(0) NOT NULL, failures INTEGER DEFAULT(0) NOT NULL, "error" VARCHAR);
CREATE TABLE schema_migration(migration VARCHAR PRIMARY KEY, migration_sha256 VARCHAR NOT NULL, applied_at TIMESTAMP WITH TIME ZONE DEFAULT(now()) NOT NULL);
CREATE TABLE story(story_id VARCHAR PRIMARY KEY, title VARCHAR, first_published_at TIMESTAMP WITH TIME ZONE, first_article_id VARCHAR NOT NULL, article_count INTEGER NOT NULL, feed_count INTEGER NOT NULL);
CREATE TABLE story_article(article_id VARCHAR PRIMARY KEY, story_id VARCHAR NOT NULL, relation VARCHAR NOT NULL, similarity DOUBLE NOT NULL, CHECK((relation IN ('first', 'copy', 'update'))), CHECK((similarity BETWEEN 0 AND 1)));
INSERT INTO article (article_id, url, version, is_latest, capture_id, feed_id, title, byline, agency, dateline, published_at, modified_at, language, text, text_sha256, word_count, removed, quality, minhash, extractor, tagger, loaded_at, run_id) VALUES
    ('60946c47b7a4419a', 'https://wire.example/1', 2, true, 'c:https://wire.example/1:1600', 'paper', 'A village is attacked', [], NULL, NULL, '2026-11-20 12:01:00Z', NULL, NULL, 'Soldiers attacked the village of Rawa on Friday and killed three herders. The governor said that the army would leave the valley within a week. Neighbours told of two houses burnt and of a road that nobody could use until the evening.', '27f5b8fce0e23fceca57e0559c4a3a2a41d600e10e798dcbb90062802a75892a', 42, [{'text': 'Advertisement', 'reason': 'ad'}], '{}', [2505698859, 360501000, 3248052532, 346679957, 1334132138, 3251978753, 1125560722, 830421641, 3224656098, 3252596371, 2403775910, 2532344285, 902127430, 1141911714, 3278923905, 3230454228, 3224686427, 3276030973, 2086508058, 3249464366, 2527516616, 2140621839, 2757254546, 2653785679, 1181138316, 3247891100, 680652900, 500434481, 3242659392, 3227913460, 3310037348, 441730517, 879720580, 1312121122, 2435627270, 2259648026, 3233209469, 1397512683, 268403751, 2590016921, 271051911, 3233810046, 3232944911, 3079956469, 823050074, 419008625, 271463979, 3249198890, 3271435723, 3257275027, 3289156308, 2746636682, 3236028560, 3221572347, 3239697978, 786363966, 3298779795, 434522820, 936386519, 3242524773, 59227664, 851483772, 1580402202, 1713014205, 508277432, 3263399422, 259686443, 3221447716, 91432095, 3226056929, 3235235814, 3234659735, 48407877, 3221269114, 3235518343, 963801760, 3228830689, 1668794545, 113549478, 2762760629, 3221996115, 583034556, 1404964319, 3249606432, 252554305, 3281322548, 3236212368, 3240130308, 3224395739, 3250492460, 1120241736, 3388423338, 1108633824, 2153347030, 3315882037, 3259053921, 2200993579, 1865955208, 3239169463, 3246879248, 3275581345, 1042036504, 235163760, 3241490298, 3315717820, 1513207575, 2158884511, 1569387930, 1694164556, 3256129153, 3237841602, 631736703, 3272101720, 3225292310, 1434914368, 1791073167, 3319236466, 1232716203, 613877315, 452662466, 3044452453, 3294792390, 3261360831, 374393901, 3337534905, 15175759, 3249930374, 3227199012], 'test', 'test', '2026-11-20 16:00:00Z', 'run-1'),
    ('78101d0f5d964364', 'https://wire.example/3', 1, true, 'c:https://wire.example/3:1500', 'paper', 'A village is attacked', [], NULL, NULL, '2026-11-20 12:03:00Z', NULL, NULL, 'The national orchestra of Rawa opened its season with a new symphony, which the hall greeted with long applause. Its conductor announced a tour of eleven cities, and the minister of culture promised a second hall by spring.', '3c484006d3b1a4e060bf3b3b94cf0c900d480fa057656c8eddbe3dba72439062', 38, [{'text': 'Advertisement', 'reason': 'ad'}], '{}', [3282167435, 3295439948, 2795996976, 2704544896, 2909942052, 3329074698, 3255129678, 3255649764, 3257410515, 3259552073, 680328259, 3239771732, 2735205923, 350250431, 3239167975, 1319993773, 3275125883, 1228340164, 3226399255, 3295725882, 748385749, 1650452378, 3273282657, 3239810573, 3289372803, 3256607471, 209874517, 3254102478, 199600702, 699642541, 1000277368, 3240383212, 3244834752, 496862858, 3225542034, 3229031124, 3253928382, 1032184986, 3249917606, 3222208941, 2060088065, 3294340524, 109900091, 3155467902, 751756188, 1614914006, 2396854725, 3232886177, 3246296963, 2529607684, 437630759, 1547213929, 1790315638, 3242766692, 1078325972, 868978468, 1629639004, 297221131, 1792592407, 2678425432, 567563167, 2397818976, 750413299, 2617072718, 3264218101, 3232004871, 3230065514, 833973283, 2072408375, 3230147205, 3281161751, 3114813980, 3263041175, 2083589889, 1362847587, 2399781977, 1837004480, 3238535034, 891286033, 3268344410, 3131671804, 3278696682, 3235400196, 1754787486, 3221774684, 3280717094, 3237104307, 181956823, 3280368151, 3273181259, 3229041421, 1625768278, 3233182547, 674564647, 1142466089, 3232905710, 3260009572, 1719094996, 409337578, 3250810643, 3306419180, 3248252857, 3235636097, 598124841, 815066576, 3251012912, 1526527950, 1957247194, 3230389416, 2996664408, 3277655725, 3242008453, 3083288880, 1702312088, 3229858490, 3239707396, 1139717007, 235568241, 2478288172, 962986680, 3250715278, 640189381, 3229942651, 3266088991, 1178923861, 3302731617, 1242513648, 3240465591], 'test', 'test', '2026-11-20 15:00:00Z', 'run-1'),
    ('7dbe980d21d09154', 'https://wire.example/2', 1, true, 'c:https://wire.example/2:1400', 'wire', 'A village is attacked', [], NULL, NULL, '2026-11-20 12:02:00Z', NULL, NULL, 'Soldiers attacked the village of Rawa on Friday and killed three herders. The governor said that the army would leave the valley within a week. Neighbours told of houses burnt and of a road that nobody could use until the evening. (Editing by the desk)', '52f8ca9bc760563798b5a78ce82d0596003f1c01156c4225f88b2012bc907724', 45, [{'text': 'Advertisement', 'reason': 'ad'}], '{}', [2505698859, 360501000, 3248052532, 346679957, 757004483, 3251978753, 1125560722, 3245960839, 3224656098, 3252596371, 242645655, 2532344285, 902127430, 1141911714, 3278923905, 3230454228, 3229771656, 3276030973, 2086508058, 3249464366, 3299312848, 2140621839, 2757254546, 2653785679, 1181138316, 3247891100, 680652900, 500434481, 3242659392, 112972709, 3310037348, 441730517, 879720580, 1312121122, 2435627270, 2259648026, 3233209469, 1397512683, 268403751, 3260175860, 271051911, 3242557041, 3232944911, 1472136762, 1504685531, 419008625, 271463979, 3249198890, 3271435723, 3231946697, 3289156308, 2746636682, 3236028560, 3221572347, 3239697978, 786363966, 3236873328, 434522820, 936386519, 3242524773, 59227664, 851483772, 1580402202, 1713014205, 508277432, 3260508167, 259686443, 3221447716, 91432095, 3226056929, 3228942195, 3238651785, 48407877, 3221269114, 3235518343, 963801760, 3228830689, 1668794545, 113549478, 2762760629, 3221996115, 583034556, 1404964319, 3242254932, 3239190615, 3281322548, 3236212368, 3240130308, 3224395739, 3250492460, 3264921446, 3285531556, 429094589, 635356594, 3315882037, 3259053921, 2200993579, 1865955208, 2441051797, 3246879248, 3275581345, 1263152075, 3230055292, 3241490298, 3315717820, 1513207575, 2158884511, 1569387930, 3308683968, 3256129153, 1855340342, 631736703, 3307894093, 3236518227, 1434914368, 1007510658, 3319236466, 1232716203, 613877315, 452662466, 3044452453, 3230500010, 381707765, 374393901, 3366532219, 15175759, 3249930374, 3227199012], 'test', 'test', '2026-11-20 14:00:00Z', 'run-1'),
    ('c2c0036ea3270491', 'https://wire.example/1', 1, false, 'c:https://wire.example/1:1300', 'paper', 'A village is attacked', [], NULL, NULL, '2026-11-20 12:01:00Z', NULL, NULL, 'Soldiers attacked the village of Rawa on Friday and killed three herders. The governor said that the army would leave the valley within a week. Neighbours told of houses burnt and of a road that nobody could use until the evening.', 'af8850680ad6fceda29f0a60f1af05231fb7ab8f4f7198b5cdf4c51af8ec0272', 41, [{'text': 'Advertisement', 'reason': 'ad'}], '{}', [2505698859, 360501000, 3248052532, 346679957, 1334132138, 3251978753, 1125560722, 3245960839, 3224656098, 3252596371, 3242277206, 2532344285, 902127430, 1141911714, 3278923905, 3230454228, 3229771656, 3276030973, 2086508058, 3249464366, 3299312848, 2140621839, 2757254546, 2653785679, 1181138316, 3247891100, 680652900, 500434481, 3242659392, 3227913460, 3310037348, 441730517, 879720580, 1312121122, 2435627270, 2259648026, 3233209469, 1397512683, 268403751, 3260175860, 271051911, 3242557041, 3232944911, 1472136762, 1504685531, 419008625, 271463979, 3249198890, 3271435723, 3257275027, 3289156308, 2746636682, 3236028560, 3221572347, 3239697978, 786363966, 3298779795, 434522820, 936386519, 3242524773, 59227664, 851483772, 1580402202, 1713014205, 508277432, 3260712973, 259686443, 3221447716, 91432095, 3226056929, 3228942195, 3238651785, 48407877, 3221269114, 3235518343, 963801760, 3228830689, 1668794545, 113549478, 2762760629, 3221996115, 583034556, 1404964319, 3242254932, 3239190615, 3281322548, 3236212368, 3240130308, 3224395739, 3250492460, 3264921446, 3285531556, 1108633824, 635356594, 3315882037, 3259053921, 2200993579, 1865955208, 2441051797, 3246879248, 3275581345, 1263152075, 3230055292, 3241490298, 3315717820, 1513207575, 2158884511, 1569387930, 3308683968, 3256129153, 3237841602, 631736703, 3307894093, 3236518227, 1434914368, 1007510658, 3319236466, 1232716203, 613877315, 452662466, 3044452453, 3230500010, 381707765, 374393901, 3366532219, 15175759, 3249930374, 3227199012], 'test', 'test', '2026-11-20 13:00:00Z', 'run-1');
INSERT INTO article_band (band_key, article_id) VALUES
    (32483929448639998, '7dbe980d21d09154'),
    (32483929448639998, 'c2c0036ea3270491'),
    (450214475061979174, '7dbe980d21d09154'),
    (450214475061979174, 'c2c0036ea3270491'),
    (509583362631562471, 'c2c0036ea3270491'),
    (601204847341399947, '78101d0f5d964364'),
    (716727007006727294, '60946c47b7a4419a'),
    (833828365276823832, '7dbe980d21d09154'),
    (833828365276823832, 'c2c0036ea3270491'),
    (1441026681581293125, '78101d0f5d964364'),
    (1488341497320122908, '78101d0f5d964364'),
    (1669855530023885363, '7dbe980d21d09154'),
    (1669855530023885363, 'c2c0036ea3270491'),
    (1676920972731308891, '78101d0f5d964364'),
    (1949063756503463777, '78101d0f5d964364'),
    (1989356656203357548, '7dbe980d21d09154'),
    (1989356656203357548, 'c2c0036ea3270491'),
    (2084640228244385254, '78101d0f5d964364'),
    (2088363482970878117, '78101d0f5d964364'),
    (2095066432384171319, '60946c47b7a4419a'),
    (2095066432384171319, 'c2c0036ea3270491'),
    (2552149393747008399, '7dbe980d21d09154'),
    (2679393486852378548, '7dbe980d21d09154'),
    (2679393486852378548, 'c2c0036ea3270491'),
    (2690766238391339960, '78101d0f5d964364'),
    (2898694633414132917, '78101d0f5d964364'),
    (2917469632811450372, '60946c47b7a4419a'),
    (2920964011030346930, '60946c47b7a4419a'),
    (2920964011030346930, '7dbe980d21d09154'),
    (2920964011030346930, 'c2c0036ea3270491'),
    (3002559401248170868, '60946c47b7a4419a'),
    (3103488849868576919, '78101d0f5d964364'),
    (3239570158444331553, '60946c47b7a4419a'),
    (3239570158444331553, '7dbe980d21d09154'),
    (3239570158444331553, 'c2c0036ea3270491'),
    (3255018390660729370, '60946c47b7a4419a'),
    (3335748565398527576, '60946c47b7a4419a'),
    (3432458359449722232, '7dbe980d21d09154'),
    (3432458359449722232, 'c2c0036ea3270491'),
    (3465223104172048114, 'c2c0036ea3270491'),
    (3692033500678438050, '7dbe980d21d09154'),
    (3728965463720283069, '78101d0f5d964364'),
    (3730050502121546607, '60946c47b7a4419a'),
    (3730050502121546607, '7dbe980d21d09154'),
    (3730050502121546607, 'c2c0036ea3270491'),
    (4473545165862027692, '78101d0f5d964364'),
    (4600517823345817936, '78101d0f5d964364'),
    (4600614050195737018, 'c2c0036ea3270491'),
    (4747421143314659034, '78101d0f5d964364'),
    (4875888556358487528, '60946c47b7a4419a'),
    (5189449807762889305, '7dbe980d21d09154'),
    (5256798362587970138, '60946c47b7a4419a'),
    (5854895018411787089, '78101d0f5d964364'),
    (5945363270787940198, '60946c47b7a4419a'),
    (6043371006174940479, '60946c47b7a4419a'),
    (6329607910151293792, '78101d0f5d964364'),
    (6665626981162746717, '60946c47b7a4419a'),
    (6665626981162746717, '7dbe980d21d09154'),
    (6665626981162746717, 'c2c0036ea3270491'),
    (6820259895947365213, '60946c47b7a4419a'),
    (6820259895947365213, '7dbe980d21d09154'),
    (6820259895947365213, 'c2c0036ea3270491'),
    (7056814795026908136, '60946c47b7a4419a'),
    (7770043697321623970, '78101d0f5d964364'),
    (7947580383193850944, '78101d0f5d964364'),
    (8006579434483067734, '7dbe980d21d09154'),
    (8108348236582616015, '60946c47b7a4419a'),
    (8108348236582616015, '7dbe980d21d09154'),
    (8108348236582616015, 'c2c0036ea3270491'),
    (8269666908138846519, '7dbe980d21d09154'),
    (8269666908138846519, 'c2c0036ea3270491'),
    (8479693147100262629, '78101d0f5d964364'),
    (8529211149641251571, 'c2c0036ea3270491'),
    (8529962718002857829, '60946c47b7a4419a'),
    (8529962718002857829, '7dbe980d21d09154'),
    (8529962718002857829, 'c2c0036ea3270491'),
    (8581432073776046167, '60946c47b7a4419a'),
    (8581432073776046167, '7dbe980d21d09154'),
    (8581432073776046167, 'c2c0036ea3270491'),
    (8613499088760480120, '60946c47b7a4419a'),
    (9047652220934206179, '60946c47b7a4419a'),
    (9106019342373921662, '60946c47b7a4419a'),
    (9582109781446623331, '60946c47b7a4419a'),
    (9692409191526632065, '60946c47b7a4419a'),
    (9882016671557972356, '78101d0f5d964364'),
    (9985467439564865081, '60946c47b7a4419a'),
    (9985467439564865081, '7dbe980d21d09154'),
    (9985467439564865081, 'c2c0036ea3270491'),
    (10253975461503369847, '78101d0f5d964364'),
    (10285212748169836359, '60946c47b7a4419a'),
    (10312746105816601375, '7dbe980d21d09154'),
    (10510377162910638427, '60946c47b7a4419a'),
    (10550299280795898238, '60946c47b7a4419a'),
    (10598480863803395168, '78101d0f5d964364'),
    (11191433416163526067, '78101d0f5d964364'),
    (11358676866976314681, '7dbe980d21d09154'),
    (11617570332394450784, '78101d0f5d964364'),
    (11887483562594385497, '78101d0f5d964364'),
    (12529119671304684855, '7dbe980d21d09154'),
    (12529119671304684855, 'c2c0036ea3270491'),
    (12543296145388673381, '7dbe980d21d09154'),
    (13360219595535309026, '7dbe980d21d09154'),
    (13360219595535309026, 'c2c0036ea3270491'),
    (13378929398343605718, 'c2c0036ea3270491'),
    (13925946243099739304, '78101d0f5d964364'),
    (14081165594276166708, '7dbe980d21d09154'),
    (14081165594276166708, 'c2c0036ea3270491'),
    (15102428032861364174, '78101d0f5d964364'),
    (15658093506953442602, '7dbe980d21d09154'),
    (16147586614002866351, '7dbe980d21d09154'),
    (16147586614002866351, 'c2c0036ea3270491'),
    (16210577654948013173, '60946c47b7a4419a'),
    (16210577654948013173, 'c2c0036ea3270491'),
    (16359075792788926196, '78101d0f5d964364'),
    (16834898355453914695, '78101d0f5d964364'),
    (17382500900204794579, '60946c47b7a4419a'),
    (17427318061742995177, '7dbe980d21d09154'),
    (17427318061742995177, 'c2c0036ea3270491'),
    (17453362269617994674, '60946c47b7a4419a'),
    (17453362269617994674, 'c2c0036ea3270491'),
    (17619866659235133535, '78101d0f5d964364'),
    (17749644262199499380, '78101d0f5d964364'),
    (17775852948665595617, '7dbe980d21d09154'),
    (17775852948665595617, 'c2c0036ea3270491'),
    (18349605773411631490, '60946c47b7a4419a'),
    (18349605773411631490, '7dbe980d21d09154'),
    (18349605773411631490, 'c2c0036ea3270491'),
    (18350266467197977625, '78101d0f5d964364');
INSERT INTO capture (capture_id, url, final_url, fetched_at, http_status, content_type, body_sha256, size_bytes, warc_file, warc_offset, run_id) VALUES
    ('c:https://wire.example/1:1300', 'https://wire.example/1', 'https://wire.example/1', '2026-11-20 13:00:00Z', 200, 'text/html', 'abc', 3, 'raw/x.warc.gz', 0, 'run-1'),
    ('c:https://wire.example/1:1600', 'https://wire.example/1', 'https://wire.example/1', '2026-11-20 16:00:00Z', 200, 'text/html', 'abc', 3, 'raw/x.warc.gz', 0, 'run-1'),
    ('c:https://wire.example/2:1400', 'https://wire.example/2', 'https://wire.example/2', '2026-11-20 14:00:00Z', 200, 'text/html', 'abc', 3, 'raw/x.warc.gz', 0, 'run-1'),
    ('c:https://wire.example/3:1500', 'https://wire.example/3', 'https://wire.example/3', '2026-11-20 15:00:00Z', 200, 'text/html', 'abc', 3, 'raw/x.warc.gz', 0, 'run-1');
INSERT INTO entry (feed_id, entry_id, guid, url, title, summary, content_html, authors, categories, published_at, updated_at, published_raw, entry_version, item_status, first_seen_at, status, stage, reason, attempts, next_attempt_at, capture_id, article_id, run_id) VALUES
    ('paper', 'e1', 'guid-1', 'https://wire.example/1', 'Story 1', NULL, NULL, [], [], '2026-11-20 12:01:00Z', '2026-11-20 16:00:00Z', NULL, NULL, NULL, '2026-11-20 13:00:00Z', 'loaded', NULL, NULL, 0, NULL, 'c:https://wire.example/1:1600', '60946c47b7a4419a', 'run-1'),
    ('paper', 'e3', 'guid-3', 'https://wire.example/3', 'Story 3', NULL, NULL, [], [], '2026-11-20 12:03:00Z', NULL, NULL, NULL, NULL, '2026-11-20 15:00:00Z', 'loaded', NULL, NULL, 0, NULL, 'c:https://wire.example/3:1500', '78101d0f5d964364', 'run-1'),
    ('wire', 'e2', 'guid-2', 'https://wire.example/2', 'Story 2', NULL, NULL, [], [], '2026-11-20 12:02:00Z', NULL, NULL, NULL, NULL, '2026-11-20 14:00:00Z', 'loaded', NULL, NULL, 0, NULL, 'c:https://wire.example/2:1400', '7dbe980d21d09154', 'run-1'),
    ('wire', 'e4', 'guid-4', 'https://wire.example/4', 'Story 4', NULL, NULL, [], [], '2026-11-20 12:00:00Z', NULL, NULL, NULL, NULL, '2026-11-20 16:00:00Z', 'failed', 'fetch', 'http_404', 1, '2026-11-20 16:00:00Z', NULL, NULL, 'run-1'),
    ('wire', 'e5', 'guid-5', 'https://wire.example/5', 'Story 5', NULL, NULL, [], [], '2026-11-20 12:00:00Z', NULL, NULL, NULL, NULL, '2026-11-20 16:00:00Z', 'pending', NULL, NULL, 0, NULL, NULL, NULL, 'run-1');
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
INSERT INTO feed (feed_id, feed_url, feed_title, agency, country, language, interval_seconds, enabled, etag, last_modified, body_sha256, ttl_minutes, last_poll_at, next_poll_at, failing_since, consecutive_failures, last_error) VALUES
    ('paper', 'https://paper.example/rss', NULL, NULL, NULL, NULL, 900, true, '"1"', NULL, 'abc', NULL, '2026-11-20 16:00:00Z', '2026-11-20 16:15:00Z', NULL, 0, NULL),
    ('wire', 'https://wire.example/rss', NULL, NULL, NULL, NULL, 900, true, '"1"', NULL, 'abc', NULL, '2026-11-20 16:00:00Z', '2026-11-20 16:15:00Z', NULL, 0, NULL);
INSERT INTO mention (mention_id, article_id, entity_id, label, mention_text, start_offset, end_offset, score, run_id) VALUES
    ('05551cd52bac6487', '7dbe980d21d09154', 'r', 'GPE', 'Rawa', 33, 37, NULL, 'run-1'),
    ('2fd5b7f5df1bb5df', '60946c47b7a4419a', 'r', 'GPE', 'Rawa', 33, 37, NULL, 'run-1'),
    ('69cdefa84b4c0634', '78101d0f5d964364', 'r', 'GPE', 'Rawa', 26, 30, NULL, 'run-1'),
    ('c6db294ba17f6302', 'c2c0036ea3270491', 'r', 'GPE', 'Rawa', 33, 37, NULL, 'run-1');
INSERT INTO place (place_id, article_id, place_text, start_offset, end_offset, place_name, geonameid, latitude, longitude, country, admin1, feature, score, run_id) VALUES
    ('2c06de7d2fe9b4fb', 'c2c0036ea3270491', 'Rawa', 33, 37, 'Rāwah', 91597, 34.48, 41.92, 'IRQ', 'Al Anbar', 'PPL', 0.9, 'run-1'),
    ('5bd09258d8cffb53', '7dbe980d21d09154', 'Rawa', 33, 37, 'Rāwah', 91597, 34.48, 41.92, 'IRQ', 'Al Anbar', 'PPL', 0.9, 'run-1'),
    ('c4111c81ef007161', '60946c47b7a4419a', 'Rawa', 33, 37, 'Rāwah', 91597, 34.48, 41.92, 'IRQ', 'Al Anbar', 'PPL', 0.9, 'run-1');
INSERT INTO poll (poll_id, feed_id, run_id, polled_at, elapsed_ms, http_status, outcome, feed_format, size_bytes, entries_seen, entries_new, problems, reason, detail) VALUES
    ('2df24afe38e24065', 'paper', 'run-1', '2026-11-20 16:00:00Z', 5, 200, 'read', 'rss20', 1, 1, 0, [], NULL, NULL),
    ('535dc9508ff57e88', 'paper', 'run-1', '2026-11-20 15:00:00Z', 5, 200, 'read', 'rss20', 1, 1, 1, [], NULL, NULL),
    ('8a2dc94598a83c79', 'paper', 'run-1', '2026-11-20 13:00:00Z', 5, 200, 'read', 'rss20', 1, 1, 1, [], NULL, NULL),
    ('8b6fa1ff369a4466', 'wire', 'run-1', '2026-11-20 16:00:00Z', 5, 200, 'read', 'rss20', 1, 2, 2, [], NULL, NULL),
    ('ce0051009d8e1815', 'wire', 'run-1', '2026-11-20 14:00:00Z', 5, 200, 'read', 'rss20', 1, 1, 1, [], NULL, NULL);
INSERT INTO run (run_id, flow, flow_run_id, program_version, host, pid, status, started_at, ended_at, feeds_polled, feeds_failed, entries_new, pages_fetched, articles_loaded, events_coded, failures, error) VALUES
    ('run-1', 'ingest', NULL, '0.1.0', 'desk', 1, 'completed', '2026-11-20 12:00:00Z', '2026-11-20 16:00:00Z', 5, 0, 5, 4, 4, 3, 1, NULL);
INSERT INTO schema_migration (migration, migration_sha256, applied_at) VALUES
    ('0001_intake.sql', '40ce508776b9c9b03e01340a3b9bcd97bccfb0e8a7e71effef1b0b14dedc97ab', '2026-11-28 19:27:28.369687Z'),
    ('0002_reading.sql', '12bf857a2f3a5a93af0cb7abbb4eccf797d755d6abe9610658f8ee2c54a20db8', '2026-11-28 19:27:28.485728Z'),
    ('0003_groups.sql', '6114d637960c83811c9fe13db1a484a3da81298c682cd831f263d9a53f764a13', '2026-11-28 19:27:28.586344Z'),
    ('views', 'dd613deb2f681a5dcc0dc72342a239be28f0e7e896ac0ea8a5c533330b724324', '2026-11-28 19:27:28.651331Z');
INSERT INTO story (story_id, title, first_published_at, first_article_id, article_count, feed_count) VALUES
    ('51f2739771710c3f', 'A village is attacked', '2026-11-20 12:03:00Z', '78101d0f5d964364', 1, 1),
    ('bc8ab198a4980377', 'A village is attacked', '2026-11-20 12:01:00Z', '60946c47b7a4419a', 2, 2);
INSERT INTO story_article (article_id, story_id, relation, similarity) VALUES
    ('60946c47b7a4419a', 'bc8ab198a4980377', 'first', 1.0),
    ('78101d0f5d964364', '51f2739771710c3f', 'first', 1.0),
    ('7dbe980d21d09154', 'bc8ab198a4980377', 'copy', 0.9375),
    ('c2c0036ea3270491', 'bc8ab198a4980377', 'copy', 0.796875);
CREATE VIEW event_feed AS WITH participants AS (SELECT event_mention_id, list(participant_text ORDER BY ordinal) FILTER (WHERE ("role" = 'actor')) AS actors, list(participant_text ORDER BY ordinal) FILTER (WHERE ("role" = 'recipient')) AS recipients, arg_min(country, ordinal) FILTER (WHERE ("role" = 'actor')) AS actor_country, arg_min(sector, ordinal) FILTER (WHERE ("role" = 'actor')) AS actor_sector, arg_min(country, ordinal) FILTER (WHERE ("role" = 'recipient')) AS recipient_country, arg_min(sector, ordinal) FILTER (WHERE ("role" = 'recipient')) AS recipient_sector FROM event_participant GROUP BY event_mention_id)SELECT m.event_id, m.event_mention_id, m.event_type, m."mode", m.quad, m.scale, COALESCE(p.actors, main.list_value()) AS actors, p.actor_country, p.actor_sector, COALESCE(p.recipients, main.list_value()) AS recipients, p.recipient_country, p.recipient_sector, l.place_name, l.country, l.admin1, l.latitude, l.longitude, l.feature, m.date_start, m.date_end, CAST(main.timezone('UTC', a.published_at) AS DATE) AS reported_on, m.killed_low, m.killed_high, m.wounded_low, m.wounded_high, m.arrested_low, m.arrested_high, m.polarity, m.modality, m.attribution, m.confidence, m."rule", m.trigger_text, m.sentence_text, m.article_id, sa.story_id, a.agency, a.url FROM event_mention AS m INNER JOIN article AS a USING (article_id) LEFT JOIN participants AS p USING (event_mention_id) LEFT JOIN place AS l USING (place_id) LEFT JOIN story_article AS sa ON ((sa.article_id = m.article_id)) WHERE a.is_latest;
CREATE VIEW feed_health AS WITH entries AS (SELECT feed_id, count_star() AS entries, count_star() FILTER (WHERE (status = 'loaded')) AS loaded, count_star() FILTER (WHERE (status = 'failed')) AS failed, count_star() FILTER (WHERE (status IN ('pending', 'fetched'))) AS waiting, max(first_seen_at) AS last_new_entry_at FROM entry GROUP BY feed_id), polls AS (SELECT feed_id, count_star() AS polls, arg_max(outcome, polled_at) AS last_outcome FROM poll GROUP BY feed_id)SELECT f.feed_id, f.enabled, CASE  WHEN ((NOT f.enabled)) THEN ('off') WHEN ((f.last_poll_at IS NULL)) THEN ('new') WHEN ((f.consecutive_failures > 0)) THEN ('failing') ELSE 'good' END AS health, f.failing_since, f.last_error, f.last_poll_at, f.next_poll_at, p.last_outcome, COALESCE(p.polls, 0) AS polls, COALESCE(e.entries, 0) AS entries, COALESCE(e.loaded, 0) AS loaded, COALESCE(e.failed, 0) AS failed, COALESCE(e.waiting, 0) AS waiting, e.last_new_entry_at, f.feed_url FROM feed AS f LEFT JOIN entries AS e USING (feed_id) LEFT JOIN polls AS p USING (feed_id);
CREATE VIEW latest_articles AS SELECT a.article_id, a.title, a.published_at, a."language", a.agency, a.dateline, a.byline, a."text", a.word_count, a.url, a.feed_id, f.feed_title, sa.story_id, sa.relation, a."version", a.capture_id, a.loaded_at FROM article AS a LEFT JOIN feed AS f USING (feed_id) LEFT JOIN story_article AS sa USING (article_id) WHERE a.is_latest;
