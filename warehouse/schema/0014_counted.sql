-- What views of a large archive would count again for every question is kept: how often entities are named, by which
-- offices, and which claims are disputed. Grouping keeps it up to date.

ALTER TABLE article ADD COLUMN is_counted BOOLEAN;
COMMENT ON COLUMN article.is_counted IS 'Whether its mentions are counted in entity and entity_office: grouping makes it equal to is_latest. NULL: not grouped yet.';

ALTER TABLE entity ADD COLUMN mentions BIGINT;
ALTER TABLE entity ADD COLUMN articles BIGINT;
COMMENT ON COLUMN entity.mentions IS 'Mentions in articles that stand. NULL: not grouped yet.';
COMMENT ON COLUMN entity.articles IS 'Articles that stand and name it. NULL: not grouped yet.';

CREATE TABLE entity_office (
    entity_id VARCHAR NOT NULL,
    office VARCHAR NOT NULL,
    mentions BIGINT NOT NULL CHECK (mentions > 0),
    PRIMARY KEY (entity_id, office)
);
COMMENT ON TABLE entity_office IS 'Titles and offices that stand beside an entity''s names in articles that stand.';
COMMENT ON COLUMN entity_office.entity_id IS 'Who or what is named, a row of entity.';
COMMENT ON COLUMN entity_office.office IS 'Title or office that stands beside the name: General, prime minister …';
COMMENT ON COLUMN entity_office.mentions IS 'Mentions in articles that stand.';

ALTER TABLE article_claim ADD COLUMN disputed BOOLEAN;
COMMENT ON COLUMN article_claim.disputed IS 'Whether the article''s sources differ on this field; never for addresses and sections, which differ by what was appended to them. NULL: not compared yet.';

UPDATE article SET is_counted = is_latest;
UPDATE entity SET mentions = named.mentions, articles = named.articles
FROM (
    SELECT m.entity_id, count(*) AS mentions, count(DISTINCT m.article_id) AS articles
    FROM mention AS m
    JOIN article AS a USING (article_id)
    WHERE a.is_latest
    GROUP BY m.entity_id
) AS named
WHERE entity.entity_id = named.entity_id;
UPDATE entity SET mentions = 0, articles = 0 WHERE mentions IS NULL;
INSERT INTO entity_office
SELECT m.entity_id, m.office, count(*)
FROM mention AS m
JOIN article AS a USING (article_id)
WHERE a.is_latest AND m.entity_id IS NOT NULL AND m.office IS NOT NULL
GROUP BY m.entity_id, m.office;
UPDATE article_claim SET disputed = said.disputed
FROM (
    SELECT article_id, field, field NOT IN ('url', 'image_url', 'section') AND count(DISTINCT CASE
        WHEN field LIKE '%\_at' ESCAPE '\' THEN left(claim, 10)
        WHEN field = 'language' THEN lower(left(claim, 2))
        ELSE lower(claim)
    END) > 1 AS disputed
    FROM article_claim
    GROUP BY article_id, field
) AS said
WHERE article_claim.article_id = said.article_id AND article_claim.field = said.field;

-- What hangs on an article is written once with it and found by it: a key of its own per row would be half of the file,
-- and all of it in memory while a run writes. The check rows_doubled tells that no row stands twice. DuckDB 1.5.5 cannot
-- drop a key: the tables are made anew.

CREATE TABLE mention_renewed (
    mention_id VARCHAR NOT NULL,
    article_id VARCHAR NOT NULL,
    entity_id VARCHAR,
    label VARCHAR NOT NULL,
    mention_text VARCHAR NOT NULL,
    start_offset INTEGER NOT NULL,
    end_offset INTEGER NOT NULL CHECK (end_offset > start_offset),
    score DOUBLE,
    run_id VARCHAR NOT NULL,
    office VARCHAR,
    country VARCHAR,
    sector VARCHAR
);
INSERT INTO mention_renewed BY NAME SELECT * FROM mention;
DROP TABLE mention;
ALTER TABLE mention_renewed RENAME TO mention;
COMMENT ON TABLE mention IS 'A span of an article that names an entity.';
COMMENT ON COLUMN mention.mention_id IS 'The mention. Hash of article, offsets and label.';
COMMENT ON COLUMN mention.article_id IS 'The article version.';
COMMENT ON COLUMN mention.entity_id IS 'Who or what is named, a row of entity. NULL when nobody could tell.';
COMMENT ON COLUMN mention.label IS 'OntoNotes label: PERSON, ORG, NORP, GPE, LOC, FAC …';
COMMENT ON COLUMN mention.mention_text IS 'The words.';
COMMENT ON COLUMN mention.start_offset IS 'Where the words begin in article.text, in code points.';
COMMENT ON COLUMN mention.end_offset IS 'Where the words end in article.text, exclusive, in code points.';
COMMENT ON COLUMN mention.score IS 'How sure the reading is, 0 to 1; NULL when the model does not say.';
COMMENT ON COLUMN mention.run_id IS 'The execution that wrote the row.';
COMMENT ON COLUMN mention.office IS 'Title or office that stands beside the name: General, prime minister …';
COMMENT ON COLUMN mention.country IS 'State, ISO 3166 alpha-3. Or PLOVER''s code of a body beyond states (UNO, IGO, NGO …).';
COMMENT ON COLUMN mention.sector IS 'PLOVER sector: GOV, MIL, REB, CVL …';

CREATE TABLE place_renewed (
    place_id VARCHAR NOT NULL,
    article_id VARCHAR NOT NULL,
    place_text VARCHAR NOT NULL,
    start_offset INTEGER NOT NULL,
    end_offset INTEGER NOT NULL CHECK (end_offset >= start_offset),
    place_name VARCHAR NOT NULL,
    geonameid INTEGER,
    latitude DOUBLE CHECK (latitude BETWEEN -90 AND 90),
    longitude DOUBLE CHECK (longitude BETWEEN -180 AND 180),
    country VARCHAR CHECK (length(country) = 3),
    admin1 VARCHAR,
    feature VARCHAR,
    place_precision VARCHAR CHECK (place_precision IN ('point', 'city', 'admin2', 'admin1', 'country', 'region')),
    decided_by VARCHAR,
    score DOUBLE,
    run_id VARCHAR NOT NULL
);
INSERT INTO place_renewed BY NAME SELECT * FROM place;
DROP TABLE place;
ALTER TABLE place_renewed RENAME TO place;
COMMENT ON TABLE place IS 'A span of an article that names a place, resolved to a gazetteer row where that is possible.';
COMMENT ON COLUMN place.place_id IS 'The place, as the text names it. Hash of article and offsets.';
COMMENT ON COLUMN place.article_id IS 'The article version.';
COMMENT ON COLUMN place.place_text IS 'The words.';
COMMENT ON COLUMN place.start_offset IS 'Where the words begin in article.text, in code points. 0 for the place of the dateline, which is not in the text.';
COMMENT ON COLUMN place.end_offset IS 'Where the words end in article.text, exclusive, in code points. 0 for the place of the dateline.';
COMMENT ON COLUMN place.place_name IS 'The gazetteer''s name of the place, else the words.';
COMMENT ON COLUMN place.geonameid IS 'GeoNames id; NULL when the place was not found.';
COMMENT ON COLUMN place.latitude IS 'Degrees north, WGS 84. Of a country or province: the middle of its cities.';
COMMENT ON COLUMN place.longitude IS 'Degrees east, WGS 84. Of a country or province: the middle of its cities.';
COMMENT ON COLUMN place.country IS 'State, ISO 3166 alpha-3.';
COMMENT ON COLUMN place.admin1 IS 'First-level division: province, governorate, state.';
COMMENT ON COLUMN place.feature IS 'GeoNames feature code: PPL, PPLC, ADM1, PCLI …';
COMMENT ON COLUMN place.place_precision IS 'How large what is meant is: point, city, admin2, admin1, country or region; NULL when nothing was found.';
COMMENT ON COLUMN place.decided_by IS 'The evidence that weighed most in the choice of the gazetteer row.';
COMMENT ON COLUMN place.score IS 'How sure the reading is, 0 to 1; NULL when the model does not say.';
COMMENT ON COLUMN place.run_id IS 'The execution that wrote the row.';

CREATE TABLE date_mention_renewed (
    date_mention_id VARCHAR NOT NULL,
    article_id VARCHAR NOT NULL,
    date_text VARCHAR NOT NULL,
    start_offset INTEGER NOT NULL,
    end_offset INTEGER NOT NULL CHECK (end_offset > start_offset),
    date_start DATE,
    date_end DATE,
    date_precision VARCHAR CHECK (
        date_precision IN ('day', 'week', 'month', 'season', 'quarter', 'year', 'decade', 'span')
    ),
    run_id VARCHAR NOT NULL
);
INSERT INTO date_mention_renewed BY NAME SELECT * FROM date_mention;
DROP TABLE date_mention;
ALTER TABLE date_mention_renewed RENAME TO date_mention;
COMMENT ON TABLE date_mention IS 'A span of an article that names a date, with the days that it means.';
COMMENT ON COLUMN date_mention.date_mention_id IS 'The date mention. Hash of article and offsets.';
COMMENT ON COLUMN date_mention.article_id IS 'The article version.';
COMMENT ON COLUMN date_mention.date_text IS 'The words that give the date.';
COMMENT ON COLUMN date_mention.start_offset IS 'Where the words begin in article.text, in code points.';
COMMENT ON COLUMN date_mention.end_offset IS 'Where the words end in article.text, exclusive, in code points.';
COMMENT ON COLUMN date_mention.date_start IS 'First day that is meant. NULL when it cannot be told or is open ("until Friday").';
COMMENT ON COLUMN date_mention.date_end IS 'Last day that is meant. NULL when it cannot be told or is open ("since June").';
COMMENT ON COLUMN date_mention.date_precision IS 'How long a time the date means: day, week, month, season, quarter, year, decade, or span for a range.';
COMMENT ON COLUMN date_mention.run_id IS 'The execution that wrote the row.';

CREATE TABLE quantity_renewed (
    quantity_id VARCHAR NOT NULL,
    article_id VARCHAR NOT NULL,
    quantity_text VARCHAR NOT NULL,
    start_offset INTEGER NOT NULL,
    end_offset INTEGER NOT NULL CHECK (end_offset > start_offset),
    low DOUBLE,
    high DOUBLE,
    unit VARCHAR,
    fate VARCHAR,
    counted VARCHAR,
    source_text VARCHAR,
    run_id VARCHAR NOT NULL
);
INSERT INTO quantity_renewed BY NAME SELECT * FROM quantity;
DROP TABLE quantity;
ALTER TABLE quantity_renewed RENAME TO quantity;
COMMENT ON TABLE quantity IS 'A span of an article that gives a number, with its bounds and unit.';
COMMENT ON COLUMN quantity.quantity_id IS 'The quantity. Hash of article and offsets.';
COMMENT ON COLUMN quantity.article_id IS 'The article version.';
COMMENT ON COLUMN quantity.quantity_text IS 'The words.';
COMMENT ON COLUMN quantity.start_offset IS 'Where the words begin in article.text, in code points.';
COMMENT ON COLUMN quantity.end_offset IS 'Where the words end in article.text, exclusive, in code points.';
COMMENT ON COLUMN quantity.low IS 'At least so many; NULL: open.';
COMMENT ON COLUMN quantity.high IS 'At most so many; NULL: open ("at least 12").';
COMMENT ON COLUMN quantity.unit IS 'What the number is of: soldier, village, dollar …';
COMMENT ON COLUMN quantity.fate IS 'What befell the people that are counted: killed, wounded, missing …';
COMMENT ON COLUMN quantity.counted IS 'Who or what is counted, as written.';
COMMENT ON COLUMN quantity.source_text IS 'Who says so, as written; NULL when the text says it itself.';
COMMENT ON COLUMN quantity.run_id IS 'The execution that wrote the row.';

CREATE TABLE event_participant_renewed (
    event_mention_id VARCHAR NOT NULL,
    role VARCHAR NOT NULL CHECK (role IN ('actor', 'recipient')),
    ordinal SMALLINT NOT NULL,
    participant_text VARCHAR NOT NULL,
    start_offset INTEGER NOT NULL,
    end_offset INTEGER NOT NULL CHECK (end_offset > start_offset),
    entity_id VARCHAR,
    country VARCHAR CHECK (length(country) = 3),
    sector VARCHAR,
    run_id VARCHAR NOT NULL
);
INSERT INTO event_participant_renewed BY NAME SELECT * FROM event_participant;
DROP TABLE event_participant;
ALTER TABLE event_participant_renewed RENAME TO event_participant;
COMMENT ON TABLE event_participant IS 'Who did it (actor) and to whom (recipient), one row each.';
COMMENT ON COLUMN event_participant.event_mention_id IS 'The coded event.';
COMMENT ON COLUMN event_participant.role IS 'actor or recipient.';
COMMENT ON COLUMN event_participant.ordinal IS 'Its place in the order, from 1. Of the parties in one role, as the sentence has them.';
COMMENT ON COLUMN event_participant.participant_text IS 'The words.';
COMMENT ON COLUMN event_participant.start_offset IS 'Where the words begin in article.text, in code points.';
COMMENT ON COLUMN event_participant.end_offset IS 'Where the words end in article.text, exclusive, in code points.';
COMMENT ON COLUMN event_participant.entity_id IS 'Who or what is named, a row of entity. NULL when nobody could tell.';
COMMENT ON COLUMN event_participant.country IS 'State, ISO 3166 alpha-3. Or PLOVER''s code of a body beyond states (UNO, IGO, NGO …).';
COMMENT ON COLUMN event_participant.sector IS 'PLOVER sector: GOV, MIL, REB, CVL …';
COMMENT ON COLUMN event_participant.run_id IS 'The execution that wrote the row.';

CREATE TABLE article_claim_renewed (
    article_id VARCHAR NOT NULL,
    field VARCHAR NOT NULL CHECK (
        field IN ('title', 'byline', 'agency', 'published_at', 'modified_at', 'language', 'url', 'section', 'image_url')
    ),
    ordinal SMALLINT NOT NULL,
    source VARCHAR NOT NULL CHECK (source IN ('json-ld', 'meta', 'html', 'text', 'feed', 'address')),
    claim VARCHAR NOT NULL,
    claim_precision VARCHAR,
    chosen BOOLEAN NOT NULL,
    run_id VARCHAR NOT NULL,
    disputed BOOLEAN
);
INSERT INTO article_claim_renewed BY NAME SELECT * FROM article_claim;
DROP TABLE article_claim;
ALTER TABLE article_claim_renewed RENAME TO article_claim;
COMMENT ON TABLE article_claim IS 'What each source says about an article: where page and feed disagree, both are kept.';
COMMENT ON COLUMN article_claim.article_id IS 'The article version.';
COMMENT ON COLUMN article_claim.field IS 'The column of article that it speaks of.';
COMMENT ON COLUMN article_claim.ordinal IS 'Its place in the order, from 1. Of the claims of one field.';
COMMENT ON COLUMN article_claim.source IS 'Who says so: json-ld, meta (the page''s head), html (its marked parts), text (dateline, sign-off), feed or address.';
COMMENT ON COLUMN article_claim.claim IS 'What it says, as the column would hold it; times in ISO 8601, UTC; names joined by "; ".';
COMMENT ON COLUMN article_claim.claim_precision IS 'How exact a time is: second, minute, day, month or year; NULL for other fields.';
COMMENT ON COLUMN article_claim.chosen IS 'Whether the column took it.';
COMMENT ON COLUMN article_claim.run_id IS 'The execution that wrote the row.';
COMMENT ON COLUMN article_claim.disputed IS 'Whether the article''s sources differ on this field; never for addresses and sections, which differ by what was appended to them. NULL: not compared yet.';

-- Withdrawn articles are no reports.
UPDATE story SET report_count = told.report_count
FROM (
    SELECT m.story_id, count(DISTINCT m.origin_article_id) FILTER (a.is_latest) AS report_count
    FROM story_article AS m
    JOIN article AS a USING (article_id)
    GROUP BY m.story_id
) AS told
WHERE story.story_id = told.story_id AND story.report_count <> told.report_count;
