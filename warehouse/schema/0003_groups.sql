-- What belongs together: stories of articles, events of event mentions.

CREATE TABLE story (
    story_id VARCHAR PRIMARY KEY,
    title VARCHAR,
    first_published_at TIMESTAMPTZ,
    first_article_id VARCHAR NOT NULL,
    article_count INTEGER NOT NULL,
    feed_count INTEGER NOT NULL
);
COMMENT ON TABLE story IS 'Articles that tell the same news: copies, updates, corrections.';
COMMENT ON COLUMN story.story_id IS 'Hash of its first article.';
COMMENT ON COLUMN story.title IS 'Headline of the first article.';
COMMENT ON COLUMN story.first_published_at IS 'Publication time of the first article, UTC.';
COMMENT ON COLUMN story.first_article_id IS 'The article that was first.';
COMMENT ON COLUMN story.article_count IS 'Articles in it.';
COMMENT ON COLUMN story.feed_count IS 'Feeds that carried it.';

CREATE TABLE story_article (
    article_id VARCHAR PRIMARY KEY,
    story_id VARCHAR NOT NULL,
    relation VARCHAR NOT NULL CHECK (relation IN ('first', 'copy', 'update')),
    similarity DOUBLE NOT NULL CHECK (similarity BETWEEN 0 AND 1)
);
COMMENT ON TABLE story_article IS 'Which story an article tells, and how it stands to the first report.';
COMMENT ON COLUMN story_article.article_id IS 'The article version.';
COMMENT ON COLUMN story_article.story_id IS 'The story.';
COMMENT ON COLUMN story_article.relation IS 'first, copy (nearly the same words) or update (much of the same words).';
COMMENT ON COLUMN story_article.similarity IS 'Share of word 5-grams in common with the nearest earlier article, estimated; 1 for the first.';

CREATE TABLE article_band (
    band_key UBIGINT NOT NULL,
    article_id VARCHAR NOT NULL
);
COMMENT ON TABLE article_band IS 'Bands of the MinHash signatures: articles that share one may be copies.';
COMMENT ON COLUMN article_band.band_key IS 'Hash of one band of the signature.';
COMMENT ON COLUMN article_band.article_id IS 'The article version.';

CREATE TABLE event (
    event_id VARCHAR PRIMARY KEY,
    event_type VARCHAR NOT NULL,
    mode VARCHAR,
    quad TINYINT NOT NULL CHECK (quad BETWEEN 1 AND 4),
    scale DOUBLE NOT NULL CHECK (scale BETWEEN -10 AND 10),
    actors VARCHAR[] NOT NULL,
    actor_country VARCHAR,
    actor_sector VARCHAR,
    recipients VARCHAR[] NOT NULL,
    recipient_country VARCHAR,
    recipient_sector VARCHAR,
    place_name VARCHAR,
    geonameid INTEGER,
    latitude DOUBLE,
    longitude DOUBLE,
    country VARCHAR CHECK (length(country) = 3),
    admin1 VARCHAR,
    feature VARCHAR,
    date_start DATE,
    date_end DATE,
    reported_on DATE,
    killed_low INTEGER,
    killed_high INTEGER,
    wounded_low INTEGER,
    wounded_high INTEGER,
    arrested_low INTEGER,
    arrested_high INTEGER,
    mention_count INTEGER NOT NULL,
    article_count INTEGER NOT NULL,
    story_count INTEGER NOT NULL,
    confidence DOUBLE NOT NULL,
    lead_event_mention_id VARCHAR NOT NULL
);
COMMENT ON TABLE event IS 'Event mentions of the same happening, merged: what happened, counted once.';
COMMENT ON COLUMN event.event_id IS 'Hash of type, leading parties, place and day.';
COMMENT ON COLUMN event.event_type IS 'PLOVER type: AGREE, CONSULT, … ASSAULT.';
COMMENT ON COLUMN event.mode IS 'PLOVER mode, the most specific; NULL when none is clear.';
COMMENT ON COLUMN event.quad IS '1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict.';
COMMENT ON COLUMN event.scale IS 'From conflict (-10) to cooperation (+10).';
COMMENT ON COLUMN event.actors IS 'Who did it, in the words of the surest report.';
COMMENT ON COLUMN event.actor_country IS 'State of the first actor, ISO 3166 alpha-3 or PLOVER''s code of a body beyond states.';
COMMENT ON COLUMN event.actor_sector IS 'PLOVER sector of the first actor.';
COMMENT ON COLUMN event.recipients IS 'To whom, in the words of the surest report.';
COMMENT ON COLUMN event.recipient_country IS 'State of the first recipient, as actor_country.';
COMMENT ON COLUMN event.recipient_sector IS 'PLOVER sector of the first recipient.';
COMMENT ON COLUMN event.place_name IS 'The gazetteer''s name of the place, else the words.';
COMMENT ON COLUMN event.geonameid IS 'GeoNames id; NULL when the place was not found.';
COMMENT ON COLUMN event.latitude IS 'Degrees north, WGS 84. Of a country or province: the middle of its cities.';
COMMENT ON COLUMN event.longitude IS 'Degrees east, WGS 84. Of a country or province: the middle of its cities.';
COMMENT ON COLUMN event.country IS 'State, ISO 3166 alpha-3.';
COMMENT ON COLUMN event.admin1 IS 'First-level division: province, governorate, state.';
COMMENT ON COLUMN event.feature IS 'GeoNames feature code: PPL, PPLC, ADM1, PCLI …; says how exact the point is.';
COMMENT ON COLUMN event.date_start IS 'First day that the text gives for it; NULL when it gives none.';
COMMENT ON COLUMN event.date_end IS 'Last day that the text gives for it.';
COMMENT ON COLUMN event.reported_on IS 'Day of the first report, UTC; NULL when no report is dated.';
COMMENT ON COLUMN event.killed_low IS 'Least number killed that any report gives.';
COMMENT ON COLUMN event.killed_high IS 'Greatest number killed that any report gives.';
COMMENT ON COLUMN event.wounded_low IS 'Least number wounded that any report gives.';
COMMENT ON COLUMN event.wounded_high IS 'Greatest number wounded that any report gives.';
COMMENT ON COLUMN event.arrested_low IS 'Least number arrested that any report gives.';
COMMENT ON COLUMN event.arrested_high IS 'Greatest number arrested that any report gives.';
COMMENT ON COLUMN event.mention_count IS 'Sentences that tell of it.';
COMMENT ON COLUMN event.article_count IS 'Articles that tell of it, copies included.';
COMMENT ON COLUMN event.story_count IS 'Stories that tell of it: independent reports, copies counted once.';
COMMENT ON COLUMN event.confidence IS 'How sure the coding is, 0 to 1.';
COMMENT ON COLUMN event.lead_event_mention_id IS 'The surest report.';
