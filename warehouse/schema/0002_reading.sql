-- What was read: articles in versions, and what their sentences say.

CREATE TABLE article (
    article_id VARCHAR PRIMARY KEY,
    url VARCHAR NOT NULL,
    version INTEGER NOT NULL CHECK (version >= 1),
    is_latest BOOLEAN NOT NULL,
    capture_id VARCHAR NOT NULL,
    feed_id VARCHAR NOT NULL,
    title VARCHAR,
    byline VARCHAR[] NOT NULL DEFAULT [],
    agency VARCHAR,
    dateline VARCHAR,
    published_at TIMESTAMPTZ,
    modified_at TIMESTAMPTZ,
    language VARCHAR,
    text VARCHAR NOT NULL,
    text_sha256 VARCHAR NOT NULL,
    word_count INTEGER NOT NULL,
    removed STRUCT(text VARCHAR, reason VARCHAR)[] NOT NULL DEFAULT [],
    quality JSON,
    minhash UINTEGER[] NOT NULL DEFAULT [],
    extractor VARCHAR NOT NULL,
    tagger VARCHAR NOT NULL,
    loaded_at TIMESTAMPTZ NOT NULL,
    run_id VARCHAR NOT NULL
);
COMMENT ON TABLE article IS 'Clean text of one address, in versions. All offsets in other tables point into its text.';
COMMENT ON COLUMN article.article_id IS 'Hash of address and version.';
COMMENT ON COLUMN article.url IS 'The page''s canonical address on its own host, else the address that answered.';
COMMENT ON COLUMN article.version IS '1 for the first text seen at the address, then one more for each changed text.';
COMMENT ON COLUMN article.is_latest IS 'Whether no later version is known.';
COMMENT ON COLUMN article.capture_id IS 'The captured page.';
COMMENT ON COLUMN article.feed_id IS 'The feed that showed it first; entry has all sightings.';
COMMENT ON COLUMN article.title IS 'Headline, plain text.';
COMMENT ON COLUMN article.byline IS 'Names of its authors, by the page, else by the feed.';
COMMENT ON COLUMN article.agency IS 'News agency or publisher behind the feed or the text, as written there.';
COMMENT ON COLUMN article.dateline IS 'Place that the report was filed from, as written; not part of text.';
COMMENT ON COLUMN article.published_at IS 'Publication time as stated, UTC; NULL when it is not known.';
COMMENT ON COLUMN article.modified_at IS 'Time of the last change as the page states it, UTC.';
COMMENT ON COLUMN article.language IS 'Language, ISO 639-1.';
COMMENT ON COLUMN article.text IS 'The story and nothing else; one paragraph a line.';
COMMENT ON COLUMN article.text_sha256 IS 'SHA-256 of text.';
COMMENT ON COLUMN article.word_count IS 'Words in text.';
COMMENT ON COLUMN article.removed IS 'Lines taken out of the text, each with the rule that took it.';
COMMENT ON COLUMN article.quality IS 'Signs of how well the extraction went.';
COMMENT ON COLUMN article.minhash IS 'MinHash signature over word 5-grams, to find copies.';
COMMENT ON COLUMN article.extractor IS 'What made the text: extractor and rules with versions.';
COMMENT ON COLUMN article.tagger IS 'What read the text: model, rules and lexicon with versions.';
COMMENT ON COLUMN article.loaded_at IS 'When the row was written, UTC.';
COMMENT ON COLUMN article.run_id IS 'The execution that wrote the row.';

CREATE TABLE mention (
    mention_id VARCHAR PRIMARY KEY,
    article_id VARCHAR NOT NULL,
    entity_id VARCHAR,
    label VARCHAR NOT NULL,
    mention_text VARCHAR NOT NULL,
    start_offset INTEGER NOT NULL,
    end_offset INTEGER NOT NULL CHECK (end_offset > start_offset),
    score DOUBLE,
    run_id VARCHAR NOT NULL
);
COMMENT ON TABLE mention IS 'A span of an article that names an entity.';
COMMENT ON COLUMN mention.mention_id IS 'Hash of article, offsets and label.';
COMMENT ON COLUMN mention.article_id IS 'The article version.';
COMMENT ON COLUMN mention.entity_id IS 'Who or what is named; equal for equal names of one kind.';
COMMENT ON COLUMN mention.label IS 'OntoNotes label: PERSON, ORG, NORP, GPE, LOC, FAC …';
COMMENT ON COLUMN mention.mention_text IS 'The words.';
COMMENT ON COLUMN mention.start_offset IS 'Where the words begin in article.text, in code points.';
COMMENT ON COLUMN mention.end_offset IS 'Where the words end in article.text, exclusive, in code points.';
COMMENT ON COLUMN mention.score IS 'How sure the reading is, 0 to 1; NULL when the model does not say.';
COMMENT ON COLUMN mention.run_id IS 'The execution that wrote the row.';

CREATE TABLE place (
    place_id VARCHAR PRIMARY KEY,
    article_id VARCHAR NOT NULL,
    place_text VARCHAR NOT NULL,
    start_offset INTEGER NOT NULL,
    end_offset INTEGER NOT NULL CHECK (end_offset > start_offset),
    place_name VARCHAR NOT NULL,
    geonameid INTEGER,
    latitude DOUBLE CHECK (latitude BETWEEN -90 AND 90),
    longitude DOUBLE CHECK (longitude BETWEEN -180 AND 180),
    country VARCHAR CHECK (length(country) = 3),
    admin1 VARCHAR,
    feature VARCHAR,
    score DOUBLE,
    run_id VARCHAR NOT NULL
);
COMMENT ON TABLE place IS 'A span of an article that names a place, resolved to the gazetteer where that is possible.';
COMMENT ON COLUMN place.place_id IS 'Hash of article and offsets.';
COMMENT ON COLUMN place.article_id IS 'The article version.';
COMMENT ON COLUMN place.place_text IS 'The words.';
COMMENT ON COLUMN place.start_offset IS 'Where the words begin in article.text, in code points.';
COMMENT ON COLUMN place.end_offset IS 'Where the words end in article.text, exclusive, in code points.';
COMMENT ON COLUMN place.place_name IS 'The gazetteer''s name of the place, else the words.';
COMMENT ON COLUMN place.geonameid IS 'GeoNames id; NULL when the place was not found.';
COMMENT ON COLUMN place.latitude IS 'Degrees north, WGS 84. Of a country or province: the middle of its cities.';
COMMENT ON COLUMN place.longitude IS 'Degrees east, WGS 84. Of a country or province: the middle of its cities.';
COMMENT ON COLUMN place.country IS 'State, ISO 3166 alpha-3.';
COMMENT ON COLUMN place.admin1 IS 'First-level division: province, governorate, state.';
COMMENT ON COLUMN place.feature IS 'GeoNames feature code: PPL, PPLC, ADM1, PCLI …; says how exact the point is.';
COMMENT ON COLUMN place.score IS 'How sure the reading is, 0 to 1; NULL when the model does not say.';
COMMENT ON COLUMN place.run_id IS 'The execution that wrote the row.';

CREATE TABLE event_mention (
    event_mention_id VARCHAR PRIMARY KEY,
    article_id VARCHAR NOT NULL,
    event_id VARCHAR,
    event_type VARCHAR NOT NULL,
    mode VARCHAR,
    contexts VARCHAR[] NOT NULL DEFAULT [],
    quad TINYINT NOT NULL CHECK (quad BETWEEN 1 AND 4),
    scale DOUBLE NOT NULL CHECK (scale BETWEEN -10 AND 10),
    trigger_text VARCHAR NOT NULL,
    start_offset INTEGER NOT NULL,
    end_offset INTEGER NOT NULL CHECK (end_offset > start_offset),
    sentence_text VARCHAR NOT NULL,
    sentence_start INTEGER NOT NULL,
    sentence_end INTEGER NOT NULL CHECK (sentence_end > sentence_start),
    place_id VARCHAR,
    date_start DATE,
    date_end DATE,
    date_text VARCHAR,
    killed_low INTEGER,
    killed_high INTEGER,
    wounded_low INTEGER,
    wounded_high INTEGER,
    arrested_low INTEGER,
    arrested_high INTEGER,
    polarity VARCHAR NOT NULL CHECK (polarity IN ('affirmed', 'negated')),
    modality VARCHAR NOT NULL CHECK (modality IN ('actual', 'planned', 'hypothetical', 'historical')),
    attribution VARCHAR,
    confidence DOUBLE NOT NULL,
    rule VARCHAR NOT NULL,
    run_id VARCHAR NOT NULL
);
COMMENT ON TABLE event_mention IS 'One coded event in one sentence. Codes are PLOVER''s (Open Event Data Alliance, CC BY-SA 4.0).';
COMMENT ON COLUMN event_mention.event_mention_id IS 'Hash of article, trigger, type and rule.';
COMMENT ON COLUMN event_mention.article_id IS 'The article version.';
COMMENT ON COLUMN event_mention.event_id IS 'The event that it is a report of; NULL for what did not happen (negated, planned …).';
COMMENT ON COLUMN event_mention.event_type IS 'PLOVER type: AGREE, CONSULT, … ASSAULT.';
COMMENT ON COLUMN event_mention.mode IS 'PLOVER mode, the most specific; NULL when none is clear.';
COMMENT ON COLUMN event_mention.contexts IS 'PLOVER contexts: military, election, legal …';
COMMENT ON COLUMN event_mention.quad IS '1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict.';
COMMENT ON COLUMN event_mention.scale IS 'From conflict (-10) to cooperation (+10).';
COMMENT ON COLUMN event_mention.trigger_text IS 'The words that tell of the event.';
COMMENT ON COLUMN event_mention.start_offset IS 'Where the words begin in article.text, in code points.';
COMMENT ON COLUMN event_mention.end_offset IS 'Where the words end in article.text, exclusive, in code points.';
COMMENT ON COLUMN event_mention.sentence_text IS 'The sentence that says so.';
COMMENT ON COLUMN event_mention.sentence_start IS 'Where the sentence begins in article.text, in code points.';
COMMENT ON COLUMN event_mention.sentence_end IS 'Where the sentence ends in article.text, exclusive, in code points.';
COMMENT ON COLUMN event_mention.place_id IS 'Where it happened, as the text tells.';
COMMENT ON COLUMN event_mention.date_start IS 'First day that the text gives for it; NULL when it gives none.';
COMMENT ON COLUMN event_mention.date_end IS 'Last day that the text gives for it.';
COMMENT ON COLUMN event_mention.date_text IS 'The words that give the date.';
COMMENT ON COLUMN event_mention.killed_low IS 'At least so many killed, by this sentence.';
COMMENT ON COLUMN event_mention.killed_high IS 'At most so many killed; NULL: open.';
COMMENT ON COLUMN event_mention.wounded_low IS 'At least so many wounded, by this sentence.';
COMMENT ON COLUMN event_mention.wounded_high IS 'At most so many wounded; NULL: open.';
COMMENT ON COLUMN event_mention.arrested_low IS 'At least so many arrested, by this sentence.';
COMMENT ON COLUMN event_mention.arrested_high IS 'At most so many arrested; NULL: open.';
COMMENT ON COLUMN event_mention.polarity IS 'affirmed or negated.';
COMMENT ON COLUMN event_mention.modality IS 'actual, planned, hypothetical or historical.';
COMMENT ON COLUMN event_mention.attribution IS 'Who says so, as written; NULL when the text says it itself.';
COMMENT ON COLUMN event_mention.confidence IS 'How sure the coding is, 0 to 1.';
COMMENT ON COLUMN event_mention.rule IS 'The lexicon entry that fired.';
COMMENT ON COLUMN event_mention.run_id IS 'The execution that wrote the row.';

CREATE TABLE event_participant (
    event_mention_id VARCHAR NOT NULL,
    role VARCHAR NOT NULL CHECK (role IN ('actor', 'recipient')),
    ordinal SMALLINT NOT NULL,
    participant_text VARCHAR NOT NULL,
    start_offset INTEGER NOT NULL,
    end_offset INTEGER NOT NULL CHECK (end_offset > start_offset),
    entity_id VARCHAR,
    country VARCHAR CHECK (length(country) = 3),
    sector VARCHAR,
    run_id VARCHAR NOT NULL,
    PRIMARY KEY (event_mention_id, role, ordinal)
);
COMMENT ON TABLE event_participant IS 'Who did it (actor) and to whom (recipient), one row each.';
COMMENT ON COLUMN event_participant.event_mention_id IS 'The coded event.';
COMMENT ON COLUMN event_participant.role IS 'actor or recipient.';
COMMENT ON COLUMN event_participant.ordinal IS 'Order in the sentence, from 1.';
COMMENT ON COLUMN event_participant.participant_text IS 'The words.';
COMMENT ON COLUMN event_participant.start_offset IS 'Where the words begin in article.text, in code points.';
COMMENT ON COLUMN event_participant.end_offset IS 'Where the words end in article.text, exclusive, in code points.';
COMMENT ON COLUMN event_participant.entity_id IS 'Who or what is named; equal for equal names of one kind.';
COMMENT ON COLUMN event_participant.country IS 'State, ISO 3166 alpha-3, or PLOVER''s code of a body beyond states (UNO, IGO, NGO …).';
COMMENT ON COLUMN event_participant.sector IS 'PLOVER sector: GOV, MIL, REB, CVL …';
COMMENT ON COLUMN event_participant.run_id IS 'The execution that wrote the row.';
