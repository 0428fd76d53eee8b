-- An event without a place of its own may have that of the dateline; events of one article that tell of the same are linked.

-- DuckDB 1.5.5 cannot change a CHECK: the table is made anew.
CREATE TABLE place_renewed (
    place_id VARCHAR PRIMARY KEY,
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
COMMENT ON COLUMN place.place_id IS 'Hash of article and offsets.';
COMMENT ON COLUMN place.article_id IS 'The article version.';
COMMENT ON COLUMN place.place_text IS 'The words.';
COMMENT ON COLUMN place.start_offset IS 'Where the words begin in article.text, in code points; 0 for the place of the dateline, which is not in the text.';
COMMENT ON COLUMN place.end_offset IS 'Where the words end in article.text, exclusive, in code points; 0 for the place of the dateline.';
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

ALTER TABLE event_mention ADD COLUMN happening INTEGER;
COMMENT ON COLUMN event_mention.happening IS 'Number of what happened, within the article: event mentions with one number tell of the same; NULL: not known.';
COMMENT ON COLUMN event_mention.place_from IS 'What ties the place to the event: attached (by the grammar), sentence, previous sentence, dateline; NULL: no place, or not known.';
