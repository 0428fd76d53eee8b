-- How far the files of archives have been read, so that a backfill goes on where it was, and takes each page once.

CREATE TABLE backfill_file (
    file_path VARCHAR NOT NULL,
    languages VARCHAR NOT NULL,
    feed_id VARCHAR NOT NULL,
    size_bytes BIGINT NOT NULL,
    modified_ns BIGINT NOT NULL,
    position BIGINT NOT NULL CHECK (position >= 0),
    position_unit VARCHAR NOT NULL CHECK (position_unit IN ('byte', 'line', 'item')),
    is_done BOOLEAN NOT NULL,
    pages_loaded BIGINT NOT NULL,
    pages_known BIGINT NOT NULL,
    pages_failed BIGINT NOT NULL,
    passed_over BIGINT NOT NULL,
    read_at TIMESTAMPTZ NOT NULL,
    run_id VARCHAR NOT NULL,
    PRIMARY KEY (file_path, languages)
);
COMMENT ON TABLE backfill_file IS 'Files of archives that dateline backfill has read, wholly or up to a place.';
COMMENT ON COLUMN backfill_file.file_path IS 'The file, absolute.';
COMMENT ON COLUMN backfill_file.languages IS 'Languages that were asked for, ISO 639-1, by name with commas between; empty: all.';
COMMENT ON COLUMN backfill_file.feed_id IS 'The feed. The one that its pages are counted to.';
COMMENT ON COLUMN backfill_file.size_bytes IS 'Size in bytes. When it was read.';
COMMENT ON COLUMN backfill_file.modified_ns IS 'Its time of change when it was read, in nanoseconds since 1970.';
COMMENT ON COLUMN backfill_file.position IS 'Where reading goes on, in units of position_unit.';
COMMENT ON COLUMN backfill_file.position_unit IS 'byte (of a WARC file that was packed as a whole, of what it unpacks to), line or item.';
COMMENT ON COLUMN backfill_file.is_done IS 'Whether it has been read to its end.';
COMMENT ON COLUMN backfill_file.pages_loaded IS 'Pages of it that were loaded.';
COMMENT ON COLUMN backfill_file.pages_known IS 'Pages of it that were known: the same body at the same address, or a later capture of it.';
COMMENT ON COLUMN backfill_file.pages_failed IS 'Records of it that cannot be read, and pages without an article.';
COMMENT ON COLUMN backfill_file.passed_over IS 'Records of it that are no news page, or one in another language than was asked for.';
COMMENT ON COLUMN backfill_file.read_at IS 'When it was read, UTC. The last time.';
COMMENT ON COLUMN backfill_file.run_id IS 'The execution that wrote the row.';

COMMENT ON COLUMN run.flow IS 'Name of the flow: ingest, rebuild or backfill.';
