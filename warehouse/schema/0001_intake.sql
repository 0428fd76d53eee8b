-- What was asked of the world and what it answered: feeds, polls, entries, captures, runs, failures.

CREATE TYPE entry_status AS ENUM ('pending', 'fetched', 'loaded', 'failed', 'skipped');
CREATE TYPE stage AS ENUM ('poll', 'fetch', 'extract', 'tag', 'load');
CREATE TYPE run_status AS ENUM ('running', 'completed', 'failed', 'crashed');

CREATE TABLE run (
    run_id VARCHAR PRIMARY KEY,
    flow VARCHAR NOT NULL,
    flow_run_id VARCHAR,
    program_version VARCHAR NOT NULL,
    host VARCHAR NOT NULL,
    pid INTEGER NOT NULL,
    status run_status NOT NULL,
    started_at TIMESTAMPTZ NOT NULL,
    ended_at TIMESTAMPTZ,
    feeds_polled INTEGER NOT NULL DEFAULT 0,
    feeds_failed INTEGER NOT NULL DEFAULT 0,
    entries_new INTEGER NOT NULL DEFAULT 0,
    pages_fetched INTEGER NOT NULL DEFAULT 0,
    articles_loaded INTEGER NOT NULL DEFAULT 0,
    events_coded INTEGER NOT NULL DEFAULT 0,
    failures INTEGER NOT NULL DEFAULT 0,
    error VARCHAR
);
COMMENT ON TABLE run IS 'One execution of a flow.';
COMMENT ON COLUMN run.run_id IS 'Identifies the execution.';
COMMENT ON COLUMN run.flow IS 'Name of the flow: ingest.';
COMMENT ON COLUMN run.flow_run_id IS 'The flow run in Prefect, where there was one.';
COMMENT ON COLUMN run.program_version IS 'Version of Dateline that ran.';
COMMENT ON COLUMN run.host IS 'Name of the machine that it ran on.';
COMMENT ON COLUMN run.pid IS 'Process id on that machine.';
COMMENT ON COLUMN run.status IS 'running, completed, failed (it ended with an error) or crashed (it never ended by itself).';
COMMENT ON COLUMN run.started_at IS 'When it took the lock, UTC.';
COMMENT ON COLUMN run.ended_at IS 'When it ended, UTC; of a crashed run, when that was found out.';
COMMENT ON COLUMN run.feeds_polled IS 'Feeds asked, failed ones included.';
COMMENT ON COLUMN run.feeds_failed IS 'Feeds that gave no usable answer.';
COMMENT ON COLUMN run.entries_new IS 'Entries seen for the first time.';
COMMENT ON COLUMN run.pages_fetched IS 'Pages downloaded.';
COMMENT ON COLUMN run.articles_loaded IS 'Article versions written.';
COMMENT ON COLUMN run.events_coded IS 'Event mentions written.';
COMMENT ON COLUMN run.failures IS 'Rows that this execution added to failure.';
COMMENT ON COLUMN run.error IS 'What ended a failed execution.';

CREATE TABLE feed (
    feed_id VARCHAR PRIMARY KEY,
    feed_url VARCHAR NOT NULL,
    feed_title VARCHAR,
    agency VARCHAR,
    country VARCHAR CHECK (length(country) = 3),
    language VARCHAR,
    interval_seconds INTEGER NOT NULL CHECK (interval_seconds > 0),
    enabled BOOLEAN NOT NULL,
    etag VARCHAR,
    last_modified VARCHAR,
    body_sha256 VARCHAR,
    ttl_minutes INTEGER,
    last_poll_at TIMESTAMPTZ,
    next_poll_at TIMESTAMPTZ,
    failing_since TIMESTAMPTZ,
    consecutive_failures INTEGER NOT NULL DEFAULT 0,
    last_error VARCHAR
);
COMMENT ON TABLE feed IS 'A URL that is polled: the operator''s feeds.toml and what polling has taught.';
COMMENT ON COLUMN feed.feed_id IS 'The operator''s name for the feed in feeds.toml; it outlives a change of address.';
COMMENT ON COLUMN feed.feed_url IS 'Address of the feed.';
COMMENT ON COLUMN feed.feed_title IS 'Title given in feeds.toml, else by the feed itself.';
COMMENT ON COLUMN feed.agency IS 'News agency or publisher behind the feed or the text, as written there.';
COMMENT ON COLUMN feed.country IS 'State, ISO 3166 alpha-3.';
COMMENT ON COLUMN feed.language IS 'Language, ISO 639-1.';
COMMENT ON COLUMN feed.interval_seconds IS 'The operator''s wish between two polls, in seconds.';
COMMENT ON COLUMN feed.enabled IS 'Whether the feed is polled.';
COMMENT ON COLUMN feed.etag IS 'Validator of the last usable answer, replayed to the letter.';
COMMENT ON COLUMN feed.last_modified IS 'Validator of the last usable answer, replayed to the letter.';
COMMENT ON COLUMN feed.body_sha256 IS 'SHA-256 of the last body that was read.';
COMMENT ON COLUMN feed.ttl_minutes IS 'Minutes between polls that the feed itself asks for.';
COMMENT ON COLUMN feed.last_poll_at IS 'Last attempt, UTC.';
COMMENT ON COLUMN feed.next_poll_at IS 'Earliest next attempt, UTC.';
COMMENT ON COLUMN feed.failing_since IS 'First failure of the present series, UTC; NULL when the last poll was good.';
COMMENT ON COLUMN feed.consecutive_failures IS 'Failures since the last good poll.';
COMMENT ON COLUMN feed.last_error IS 'Why the last poll failed; NULL when it was good.';

CREATE TABLE poll (
    poll_id VARCHAR PRIMARY KEY,
    feed_id VARCHAR NOT NULL,
    run_id VARCHAR NOT NULL,
    polled_at TIMESTAMPTZ NOT NULL,
    elapsed_ms INTEGER,
    http_status SMALLINT,
    outcome VARCHAR NOT NULL CHECK (outcome IN ('read', 'unchanged', 'failed')),
    feed_format VARCHAR,
    size_bytes BIGINT,
    entries_seen INTEGER NOT NULL DEFAULT 0,
    entries_new INTEGER NOT NULL DEFAULT 0,
    problems VARCHAR[] NOT NULL DEFAULT [],
    reason VARCHAR,
    detail VARCHAR
);
COMMENT ON TABLE poll IS 'One attempt to read a feed.';
COMMENT ON COLUMN poll.poll_id IS 'Hash of feed, execution and time.';
COMMENT ON COLUMN poll.feed_id IS 'The feed that was asked.';
COMMENT ON COLUMN poll.run_id IS 'The execution that wrote the row.';
COMMENT ON COLUMN poll.polled_at IS 'When it was asked, UTC.';
COMMENT ON COLUMN poll.elapsed_ms IS 'Time until the whole answer was there, in milliseconds.';
COMMENT ON COLUMN poll.http_status IS 'Status of the answer; NULL when there was none.';
COMMENT ON COLUMN poll.outcome IS 'read, unchanged (304 or the same bytes) or failed.';
COMMENT ON COLUMN poll.feed_format IS 'Dialect: rss20, rss10, rss09, atom, jsonfeed, sitemap, newsml-g2, nitf, ninjs.';
COMMENT ON COLUMN poll.size_bytes IS 'Size after decompression, in bytes.';
COMMENT ON COLUMN poll.entries_seen IS 'Entries in the document.';
COMMENT ON COLUMN poll.entries_new IS 'Entries seen for the first time.';
COMMENT ON COLUMN poll.problems IS 'What was odd about the document, though it could be read.';
COMMENT ON COLUMN poll.reason IS 'Why it failed, in one stable word.';
COMMENT ON COLUMN poll.detail IS 'Why it failed, in a line for a person.';

CREATE TABLE entry (
    feed_id VARCHAR NOT NULL,
    entry_id VARCHAR NOT NULL,
    guid VARCHAR,
    url VARCHAR,
    title VARCHAR,
    summary VARCHAR,
    content_html VARCHAR,
    authors VARCHAR[] NOT NULL DEFAULT [],
    categories VARCHAR[] NOT NULL DEFAULT [],
    published_at TIMESTAMPTZ,
    updated_at TIMESTAMPTZ,
    published_raw VARCHAR,
    entry_version INTEGER,
    item_status VARCHAR CHECK (item_status IN ('usable', 'canceled', 'withheld')),
    first_seen_at TIMESTAMPTZ NOT NULL,
    status entry_status NOT NULL,
    stage stage,
    reason VARCHAR,
    attempts INTEGER NOT NULL DEFAULT 0,
    next_attempt_at TIMESTAMPTZ,
    capture_id VARCHAR,
    article_id VARCHAR,
    run_id VARCHAR NOT NULL,
    PRIMARY KEY (feed_id, entry_id)
);
COMMENT ON TABLE entry IS 'An item seen in a feed: a sighting. The same article may have many.';
COMMENT ON COLUMN entry.feed_id IS 'The feed that it was seen in.';
COMMENT ON COLUMN entry.entry_id IS 'Hash of its guid, else its address, else title and date; unique within its feed.';
COMMENT ON COLUMN entry.guid IS 'The feed''s own identifier of the item.';
COMMENT ON COLUMN entry.url IS 'Address without tracking parameters and fragment.';
COMMENT ON COLUMN entry.title IS 'Headline, plain text.';
COMMENT ON COLUMN entry.summary IS 'Description in the feed, plain text.';
COMMENT ON COLUMN entry.content_html IS 'Full text that the feed carries, HTML.';
COMMENT ON COLUMN entry.authors IS 'Authors as the feed names them.';
COMMENT ON COLUMN entry.categories IS 'Categories as the feed names them.';
COMMENT ON COLUMN entry.published_at IS 'Publication time as stated, UTC; NULL when it is not known.';
COMMENT ON COLUMN entry.updated_at IS 'Time of the last change as stated, UTC; NULL when it is not known.';
COMMENT ON COLUMN entry.published_raw IS 'Publication time as written in the feed.';
COMMENT ON COLUMN entry.entry_version IS 'Version number that the agency gave the item.';
COMMENT ON COLUMN entry.item_status IS 'Agency''s word on the item: usable, canceled or withheld.';
COMMENT ON COLUMN entry.first_seen_at IS 'When a poll first saw it, UTC.';
COMMENT ON COLUMN entry.status IS 'pending, fetched, loaded, failed or skipped.';
COMMENT ON COLUMN entry.stage IS 'The stage that failed.';
COMMENT ON COLUMN entry.reason IS 'Why it failed or was skipped, in one stable word.';
COMMENT ON COLUMN entry.attempts IS 'Failed attempts so far.';
COMMENT ON COLUMN entry.next_attempt_at IS 'Earliest next attempt of a failed entry, UTC; NULL: none by itself.';
COMMENT ON COLUMN entry.capture_id IS 'The captured page.';
COMMENT ON COLUMN entry.article_id IS 'The article version that came of it.';
COMMENT ON COLUMN entry.run_id IS 'The execution that wrote the row.';

CREATE TABLE capture (
    capture_id VARCHAR PRIMARY KEY,
    url VARCHAR NOT NULL,
    final_url VARCHAR NOT NULL,
    fetched_at TIMESTAMPTZ NOT NULL,
    http_status SMALLINT NOT NULL,
    content_type VARCHAR,
    body_sha256 VARCHAR NOT NULL,
    size_bytes BIGINT NOT NULL,
    warc_file VARCHAR NOT NULL,
    warc_offset BIGINT NOT NULL,
    run_id VARCHAR NOT NULL
);
COMMENT ON TABLE capture IS 'One fetched page, stored raw in a WARC file.';
COMMENT ON COLUMN capture.capture_id IS 'Hash of address, body and time.';
COMMENT ON COLUMN capture.url IS 'Address that was asked, as in entry.url.';
COMMENT ON COLUMN capture.final_url IS 'Address that answered, after redirects.';
COMMENT ON COLUMN capture.fetched_at IS 'When it was fetched, UTC.';
COMMENT ON COLUMN capture.http_status IS 'Status of the answer.';
COMMENT ON COLUMN capture.content_type IS 'Content-Type header of the answer.';
COMMENT ON COLUMN capture.body_sha256 IS 'SHA-256 of the body.';
COMMENT ON COLUMN capture.size_bytes IS 'Size after decompression, in bytes.';
COMMENT ON COLUMN capture.warc_file IS 'WARC file, relative to the home.';
COMMENT ON COLUMN capture.warc_offset IS 'Where its record begins in that file, in bytes.';
COMMENT ON COLUMN capture.run_id IS 'The execution that wrote the row.';

CREATE TABLE failure (
    failure_id VARCHAR PRIMARY KEY,
    run_id VARCHAR NOT NULL,
    failed_at TIMESTAMPTZ NOT NULL,
    stage stage NOT NULL,
    feed_id VARCHAR,
    url VARCHAR,
    reason VARCHAR NOT NULL,
    detail VARCHAR NOT NULL,
    next_attempt_at TIMESTAMPTZ
);
COMMENT ON TABLE failure IS 'The log of all that went wrong with single feeds and pages.';
COMMENT ON COLUMN failure.failure_id IS 'Hash of execution, stage, feed and address.';
COMMENT ON COLUMN failure.run_id IS 'The execution that wrote the row.';
COMMENT ON COLUMN failure.failed_at IS 'When it happened, UTC.';
COMMENT ON COLUMN failure.stage IS 'The stage that failed.';
COMMENT ON COLUMN failure.feed_id IS 'The feed, where one feed is meant.';
COMMENT ON COLUMN failure.url IS 'The address, as in entry.url or feed.feed_url.';
COMMENT ON COLUMN failure.reason IS 'Why it failed, in one stable word.';
COMMENT ON COLUMN failure.detail IS 'Why it failed, in a line for a person.';
COMMENT ON COLUMN failure.next_attempt_at IS 'Earliest next attempt, UTC; NULL: none by itself.';
