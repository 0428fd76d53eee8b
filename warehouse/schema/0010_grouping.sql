-- Stories with rewrites, and who copied whom; events merged over articles, counted by independent reports; versions
-- across addresses and withdrawn articles. All that is grouped is derived: it is made anew by the next run.

ALTER TABLE article ADD COLUMN supersedes VARCHAR;
ALTER TABLE article ADD COLUMN withdrawn_at TIMESTAMPTZ;
UPDATE article SET supersedes = earlier.article_id
FROM article AS earlier
WHERE earlier.url = article.url AND earlier.version = article.version - 1;
COMMENT ON COLUMN article.supersedes IS 'The article version whose place it takes: the one before at its address, or the one that the agency updates or corrects; NULL for a first text.';
COMMENT ON COLUMN article.withdrawn_at IS 'When its agency or page withdrew it, UTC; it is kept, and is_latest is false. NULL: it stands.';
COMMENT ON COLUMN article.is_latest IS 'Whether it stands: no later version is known, and it was not withdrawn.';

DROP TABLE article_band;
CREATE TABLE article_band (
    band_key UBIGINT NOT NULL,
    article_id VARCHAR NOT NULL,
    grouped_on DATE NOT NULL
);
COMMENT ON TABLE article_band IS 'Bands of the MinHash signatures: articles that share one may be copies.';
COMMENT ON COLUMN article_band.band_key IS 'Hash of one band of the signature.';
COMMENT ON COLUMN article_band.article_id IS 'The article version.';
COMMENT ON COLUMN article_band.grouped_on IS 'Day of publication, UTC, else of loading: only days close by are compared.';

CREATE TABLE article_term (
    term VARCHAR NOT NULL,
    weight FLOAT NOT NULL CHECK (weight > 0),
    article_id VARCHAR NOT NULL,
    grouped_on DATE NOT NULL
);
COMMENT ON TABLE article_term IS 'What headline and lead of an article are about: the words by which rewrites of the same news are found.';
COMMENT ON COLUMN article_term.term IS 'Normal form of a word or name.';
COMMENT ON COLUMN article_term.weight IS 'How much the term counts; the squares of an article''s weights add up to 1.';
COMMENT ON COLUMN article_term.article_id IS 'The article version.';
COMMENT ON COLUMN article_term.grouped_on IS 'Day of publication, UTC, else of loading: only days close by are compared.';

CREATE TABLE article_pair (
    article_id VARCHAR NOT NULL,
    other_article_id VARCHAR NOT NULL,
    word_overlap DOUBLE NOT NULL CHECK (word_overlap BETWEEN 0 AND 1),
    term_overlap DOUBLE NOT NULL CHECK (term_overlap BETWEEN 0 AND 1),
    grouped_on DATE NOT NULL,
    PRIMARY KEY (article_id, other_article_id)
);
COMMENT ON TABLE article_pair IS 'Articles that resemble each other, each pair once: what stories are decided by.';
COMMENT ON COLUMN article_pair.article_id IS 'The later article version, by publication.';
COMMENT ON COLUMN article_pair.other_article_id IS 'The earlier article version.';
COMMENT ON COLUMN article_pair.word_overlap IS 'Share of word 5-grams in common, estimated: near 1 for copies.';
COMMENT ON COLUMN article_pair.term_overlap IS 'Cosine of what headlines and leads are about: high for the same news in other words.';
COMMENT ON COLUMN article_pair.grouped_on IS 'Day of publication, UTC, else of loading, of the later one.';

DROP TABLE story_article;
CREATE TABLE story_article (
    article_id VARCHAR PRIMARY KEY,
    story_id VARCHAR NOT NULL,
    relation VARCHAR NOT NULL CHECK (relation IN ('first', 'copy', 'update', 'rewrite')),
    similarity DOUBLE NOT NULL CHECK (similarity BETWEEN 0 AND 1),
    copied_from VARCHAR,
    origin_article_id VARCHAR NOT NULL
);
COMMENT ON TABLE story_article IS 'Which story an article tells, and how it stands to the reports before it.';
COMMENT ON COLUMN story_article.article_id IS 'The article version.';
COMMENT ON COLUMN story_article.story_id IS 'The story.';
COMMENT ON COLUMN story_article.relation IS 'first; copy (nearly the same words as an earlier report), update (much of the same words) or rewrite (the same news in other words).';
COMMENT ON COLUMN story_article.similarity IS 'How much it is like the earlier report that it joined: shared words for copies and updates, shared terms for rewrites; 1 for the first.';
COMMENT ON COLUMN story_article.copied_from IS 'The earlier article whose words it has; NULL for a first report and a rewrite.';
COMMENT ON COLUMN story_article.origin_article_id IS 'Where its words come from in the end: of ten copies of one agency text, that text. Equal ones are one independent report.';

DROP TABLE story;
CREATE TABLE story (
    story_id VARCHAR PRIMARY KEY,
    title VARCHAR,
    first_article_id VARCHAR NOT NULL,
    first_feed_id VARCHAR NOT NULL,
    first_published_at TIMESTAMPTZ,
    last_published_at TIMESTAMPTZ,
    first_seen_at TIMESTAMPTZ,
    article_count INTEGER NOT NULL,
    report_count INTEGER NOT NULL,
    outlet_count INTEGER NOT NULL,
    feed_count INTEGER NOT NULL,
    agencies VARCHAR[] NOT NULL
);
COMMENT ON TABLE story IS 'Articles that tell the same news: copies, updates, rewrites.';
COMMENT ON COLUMN story.story_id IS 'Hash of its first article.';
COMMENT ON COLUMN story.title IS 'Headline of the first article.';
COMMENT ON COLUMN story.first_article_id IS 'The article that was first.';
COMMENT ON COLUMN story.first_feed_id IS 'The feed that showed the first article.';
COMMENT ON COLUMN story.first_published_at IS 'Publication time of the first article, UTC.';
COMMENT ON COLUMN story.last_published_at IS 'Publication time of the last article, UTC.';
COMMENT ON COLUMN story.first_seen_at IS 'When any feed was first seen to show any of its articles, UTC.';
COMMENT ON COLUMN story.article_count IS 'Articles that stand, copies included.';
COMMENT ON COLUMN story.report_count IS 'Independent reports: texts that are no copies or updates of others.';
COMMENT ON COLUMN story.outlet_count IS 'Sites that carried it, by host name.';
COMMENT ON COLUMN story.feed_count IS 'Feeds that carried it.';
COMMENT ON COLUMN story.agencies IS 'News agencies and publishers behind its texts, as written there.';

ALTER TABLE event_mention ADD COLUMN event_day DATE;
COMMENT ON COLUMN event_mention.event_day IS 'Day that grouping goes by, UTC: the one that the text gives, else that of publication or loading. NULL: not grouped yet.';
UPDATE event_mention SET event_id = NULL;

DROP TABLE event;
CREATE TABLE event (
    event_id VARCHAR PRIMARY KEY,
    event_type VARCHAR NOT NULL,
    mode VARCHAR,
    quad TINYINT NOT NULL CHECK (quad BETWEEN 1 AND 4),
    scale DOUBLE NOT NULL CHECK (scale BETWEEN -10 AND 10),
    actors VARCHAR[] NOT NULL,
    actor_ids VARCHAR[] NOT NULL,
    actor_country VARCHAR,
    actor_sector VARCHAR,
    recipients VARCHAR[] NOT NULL,
    recipient_ids VARCHAR[] NOT NULL,
    recipient_country VARCHAR,
    recipient_sector VARCHAR,
    place_name VARCHAR,
    geonameid INTEGER,
    latitude DOUBLE,
    longitude DOUBLE,
    country VARCHAR CHECK (length(country) = 3),
    admin1 VARCHAR,
    feature VARCHAR,
    place_precision VARCHAR CHECK (place_precision IN ('point', 'city', 'admin2', 'admin1', 'country', 'region')),
    event_day DATE NOT NULL,
    date_start DATE,
    date_end DATE,
    date_precision VARCHAR,
    reported_on DATE,
    first_reported_at TIMESTAMPTZ,
    last_reported_at TIMESTAMPTZ,
    killed_low INTEGER,
    killed_high INTEGER,
    wounded_low INTEGER,
    wounded_high INTEGER,
    arrested_low INTEGER,
    arrested_high INTEGER,
    captured_low INTEGER,
    captured_high INTEGER,
    displaced_low INTEGER,
    displaced_high INTEGER,
    mention_count INTEGER NOT NULL,
    article_count INTEGER NOT NULL,
    report_count INTEGER NOT NULL,
    story_count INTEGER NOT NULL,
    agencies VARCHAR[] NOT NULL,
    confidence DOUBLE NOT NULL,
    lead_event_mention_id VARCHAR NOT NULL
);
COMMENT ON TABLE event IS 'Event mentions of the same happening, merged: what happened, counted once.';
COMMENT ON COLUMN event.event_id IS 'Hash of its earliest report.';
COMMENT ON COLUMN event.event_type IS 'PLOVER type: AGREE, CONSULT, … ASSAULT.';
COMMENT ON COLUMN event.mode IS 'PLOVER mode, the most specific; NULL when none is clear.';
COMMENT ON COLUMN event.quad IS '1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict.';
COMMENT ON COLUMN event.scale IS 'From conflict (-10) to cooperation (+10).';
COMMENT ON COLUMN event.actors IS 'Who did it, in the words of the fullest report.';
COMMENT ON COLUMN event.actor_ids IS 'Entities that any report names as actors.';
COMMENT ON COLUMN event.actor_country IS 'State of the first actor, ISO 3166 alpha-3 or PLOVER''s code of a body beyond states.';
COMMENT ON COLUMN event.actor_sector IS 'PLOVER sector of the first actor.';
COMMENT ON COLUMN event.recipients IS 'To whom, in the words of the fullest report.';
COMMENT ON COLUMN event.recipient_ids IS 'Entities that any report names as recipients.';
COMMENT ON COLUMN event.recipient_country IS 'State of the first recipient, as actor_country.';
COMMENT ON COLUMN event.recipient_sector IS 'PLOVER sector of the first recipient.';
COMMENT ON COLUMN event.place_name IS 'The gazetteer''s name of the place, else the words.';
COMMENT ON COLUMN event.geonameid IS 'GeoNames id; NULL when the place was not found.';
COMMENT ON COLUMN event.latitude IS 'Degrees north, WGS 84. Of a country or province: the middle of its cities.';
COMMENT ON COLUMN event.longitude IS 'Degrees east, WGS 84. Of a country or province: the middle of its cities.';
COMMENT ON COLUMN event.country IS 'State, ISO 3166 alpha-3.';
COMMENT ON COLUMN event.admin1 IS 'First-level division: province, governorate, state.';
COMMENT ON COLUMN event.feature IS 'GeoNames feature code: PPL, PPLC, ADM1, PCLI …';
COMMENT ON COLUMN event.place_precision IS 'How large what is meant is: point, city, admin2, admin1, country or region; NULL when nothing was found.';
COMMENT ON COLUMN event.event_day IS 'Day that grouping goes by, UTC: the one that the text gives, else that of publication or loading.';
COMMENT ON COLUMN event.date_start IS 'First day that the text gives for it; NULL when it gives none.';
COMMENT ON COLUMN event.date_end IS 'Last day that the text gives for it.';
COMMENT ON COLUMN event.date_precision IS 'How long a time the date means: day, week, month, season, quarter, year, decade, span.';
COMMENT ON COLUMN event.reported_on IS 'Day of the first report, UTC; NULL when no report is dated.';
COMMENT ON COLUMN event.first_reported_at IS 'Publication time of the first report, UTC.';
COMMENT ON COLUMN event.last_reported_at IS 'Publication time of the last report, UTC.';
COMMENT ON COLUMN event.killed_low IS 'Least number killed that any report gives; the view casualties says which.';
COMMENT ON COLUMN event.killed_high IS 'Greatest number killed that any report gives.';
COMMENT ON COLUMN event.wounded_low IS 'Least number wounded that any report gives.';
COMMENT ON COLUMN event.wounded_high IS 'Greatest number wounded that any report gives.';
COMMENT ON COLUMN event.arrested_low IS 'Least number arrested that any report gives.';
COMMENT ON COLUMN event.arrested_high IS 'Greatest number arrested that any report gives.';
COMMENT ON COLUMN event.captured_low IS 'Least number captured that any report gives.';
COMMENT ON COLUMN event.captured_high IS 'Greatest number captured that any report gives.';
COMMENT ON COLUMN event.displaced_low IS 'Least number displaced that any report gives.';
COMMENT ON COLUMN event.displaced_high IS 'Greatest number displaced that any report gives.';
COMMENT ON COLUMN event.mention_count IS 'Sentences that tell of it.';
COMMENT ON COLUMN event.article_count IS 'Articles that tell of it, copies included.';
COMMENT ON COLUMN event.report_count IS 'Independent reports: texts that are no copies or updates of others.';
COMMENT ON COLUMN event.story_count IS 'Stories that tell of it.';
COMMENT ON COLUMN event.agencies IS 'News agencies and publishers behind its texts, as written there.';
COMMENT ON COLUMN event.confidence IS 'How sure the surest coding is, 0 to 1.';
COMMENT ON COLUMN event.lead_event_mention_id IS 'The fullest report.';
