-- Who is named across articles, and what else the texts say: roles of the named, dates, quantities, how sure a place is.

ALTER TABLE article ADD COLUMN tag_status VARCHAR DEFAULT 'tagged';
ALTER TABLE article ALTER COLUMN tag_status SET NOT NULL;
COMMENT ON COLUMN article.tag_status IS 'tagged, or why nothing was read in the text: "no model for ar" …';

ALTER TABLE mention ADD COLUMN office VARCHAR;
ALTER TABLE mention ADD COLUMN country VARCHAR;
ALTER TABLE mention ADD COLUMN sector VARCHAR;
COMMENT ON COLUMN mention.entity_id IS 'Who or what is named, a row of entity; NULL when nobody could tell.';
COMMENT ON COLUMN mention.office IS 'Title or office that stands beside the name: General, prime minister …';
COMMENT ON COLUMN mention.country IS 'State, ISO 3166 alpha-3, or PLOVER''s code of a body beyond states (UNO, IGO, NGO …).';
COMMENT ON COLUMN mention.sector IS 'PLOVER sector: GOV, MIL, REB, CVL …';
COMMENT ON COLUMN event_participant.entity_id IS 'Who or what is named, a row of entity; NULL when nobody could tell.';

-- DuckDB 1.5.5 cannot add a column with a CHECK: the table is made anew.
CREATE TABLE place_renewed (
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
    place_precision VARCHAR CHECK (place_precision IN ('point', 'city', 'admin2', 'admin1', 'country', 'region')),
    decided_by VARCHAR,
    score DOUBLE,
    run_id VARCHAR NOT NULL
);
INSERT INTO place_renewed BY NAME SELECT * FROM place;
DROP TABLE place;
ALTER TABLE place_renewed RENAME TO place;
COMMENT ON TABLE place IS 'A span of an article that names a place, resolved to a gazetteer row where that is possible.';
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
COMMENT ON COLUMN place.feature IS 'GeoNames feature code: PPL, PPLC, ADM1, PCLI …';
COMMENT ON COLUMN place.place_precision IS 'How large what is meant is: point, city, admin2, admin1, country or region; NULL when nothing was found.';
COMMENT ON COLUMN place.decided_by IS 'The evidence that weighed most in the choice of the gazetteer row.';
COMMENT ON COLUMN place.score IS 'How sure the reading is, 0 to 1; NULL when the model does not say.';
COMMENT ON COLUMN place.run_id IS 'The execution that wrote the row.';

CREATE TABLE date_mention (
    date_mention_id VARCHAR PRIMARY KEY,
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
COMMENT ON TABLE date_mention IS 'A span of an article that names a date, with the days that it means.';
COMMENT ON COLUMN date_mention.date_mention_id IS 'Hash of article and offsets.';
COMMENT ON COLUMN date_mention.article_id IS 'The article version.';
COMMENT ON COLUMN date_mention.date_text IS 'The words that give the date.';
COMMENT ON COLUMN date_mention.start_offset IS 'Where the words begin in article.text, in code points.';
COMMENT ON COLUMN date_mention.end_offset IS 'Where the words end in article.text, exclusive, in code points.';
COMMENT ON COLUMN date_mention.date_start IS 'First day that is meant; NULL when it cannot be told or is open ("until Friday").';
COMMENT ON COLUMN date_mention.date_end IS 'Last day that is meant; NULL when it cannot be told or is open ("since June").';
COMMENT ON COLUMN date_mention.date_precision IS 'How exact the words are: day, week, month, season, quarter, year, decade, or span for a range.';
COMMENT ON COLUMN date_mention.run_id IS 'The execution that wrote the row.';

CREATE TABLE quantity (
    quantity_id VARCHAR PRIMARY KEY,
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
COMMENT ON TABLE quantity IS 'A span of an article that gives a number, with its bounds and unit.';
COMMENT ON COLUMN quantity.quantity_id IS 'Hash of article and offsets.';
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

CREATE TABLE entity (
    entity_id VARCHAR PRIMARY KEY,
    entity_name VARCHAR NOT NULL,
    kind VARCHAR NOT NULL CHECK (kind IN ('PERSON', 'ORG', 'PLACE', 'NORP', 'GROUP', 'OTHER')),
    country VARCHAR,
    sector VARCHAR,
    known VARCHAR,
    first_seen_at TIMESTAMPTZ,
    last_seen_at TIMESTAMPTZ,
    run_id VARCHAR NOT NULL
);
COMMENT ON TABLE entity IS 'Who or what articles name: one row for all spellings that surely mean the same. The view entities has counts.';
COMMENT ON COLUMN entity.entity_id IS 'Hash of kind and canonical name where it was named first. It never changes.';
COMMENT ON COLUMN entity.entity_name IS 'Canonical name: the fullest form of the first article that names it, or the lexicon''s.';
COMMENT ON COLUMN entity.kind IS 'PERSON, ORG, PLACE, NORP (nations, faiths, parties'' people), GROUP (forces without a name) or OTHER.';
COMMENT ON COLUMN entity.country IS 'State, ISO 3166 alpha-3, or PLOVER''s code of a body beyond states (UNO, IGO, NGO …).';
COMMENT ON COLUMN entity.sector IS 'PLOVER sector: GOV, MIL, REB, CVL …';
COMMENT ON COLUMN entity.known IS 'Its id in the lexicon of actors; NULL when it is not in there.';
COMMENT ON COLUMN entity.first_seen_at IS 'Publication time of the earliest article that names it, UTC; NULL when none has one.';
COMMENT ON COLUMN entity.last_seen_at IS 'Publication time of the latest article that names it, UTC; NULL when none has one.';
COMMENT ON COLUMN entity.run_id IS 'The execution that wrote the row.';

CREATE TABLE entity_alias (
    name_id VARCHAR NOT NULL,
    alias VARCHAR NOT NULL,
    entity_id VARCHAR NOT NULL,
    canonical BOOLEAN NOT NULL,
    alias_key VARCHAR,
    block_key VARCHAR,
    first_article_id VARCHAR NOT NULL,
    mention_count INTEGER NOT NULL,
    run_id VARCHAR NOT NULL,
    PRIMARY KEY (name_id, alias)
);
COMMENT ON TABLE entity_alias IS 'By which words articles name an entity, and which canonical names lead to it.';
COMMENT ON COLUMN entity_alias.name_id IS 'Hash of kind and canonical name within a document: the same for the same name in any document.';
COMMENT ON COLUMN entity_alias.alias IS 'The words, as written.';
COMMENT ON COLUMN entity_alias.entity_id IS 'Who or what is named, a row of entity; NULL when nobody could tell.';
COMMENT ON COLUMN entity_alias.canonical IS 'Whether it is a canonical name within a document: only those are compared with new names.';
COMMENT ON COLUMN entity_alias.alias_key IS 'Normal form of the words; NULL until the next load after a migration.';
COMMENT ON COLUMN entity_alias.block_key IS 'Kind and consonants: names that may be the same share it; NULL where the words are never compared.';
COMMENT ON COLUMN entity_alias.first_article_id IS 'The article that was first.';
COMMENT ON COLUMN entity_alias.mention_count IS 'Mentions that are written so.';
COMMENT ON COLUMN entity_alias.run_id IS 'The execution that wrote the row.';

-- What is known already: an entity for each id, called by its longest mention. Keys follow on the next load.
INSERT INTO entity
SELECT
    m.entity_id, arg_max(m.mention_text, (length(m.mention_text), m.mention_text)),
    CASE mode(m.label ORDER BY m.label)
        WHEN 'GPE' THEN 'PLACE' WHEN 'LOC' THEN 'PLACE' WHEN 'FAC' THEN 'PLACE'
        WHEN 'PERSON' THEN 'PERSON' WHEN 'ORG' THEN 'ORG' WHEN 'NORP' THEN 'NORP' ELSE 'OTHER'
    END,
    NULL, NULL, NULL, min(a.published_at), max(a.published_at), arg_min(m.run_id, m.mention_id)
FROM mention AS m
JOIN article AS a USING (article_id)
WHERE m.entity_id IS NOT NULL
GROUP BY m.entity_id;

INSERT INTO entity_alias
SELECT
    m.entity_id, m.mention_text, m.entity_id, m.mention_text = any_value(e.entity_name), NULL, NULL,
    arg_min(m.article_id, (coalesce(a.published_at, a.loaded_at), m.article_id)), count(*), arg_min(m.run_id, m.mention_id)
FROM mention AS m
JOIN entity AS e USING (entity_id)
JOIN article AS a USING (article_id)
GROUP BY m.entity_id, m.mention_text;
