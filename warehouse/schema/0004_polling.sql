-- What polling learns of a feed: its habits' traces, its moves, its standing; and what is known of the hosts asked.

ALTER TABLE feed ALTER COLUMN interval_seconds DROP NOT NULL;
ALTER TABLE feed ADD COLUMN listed_url VARCHAR;
ALTER TABLE feed ADD COLUMN watched_since TIMESTAMPTZ;
ALTER TABLE feed ADD COLUMN hint_seconds DOUBLE;
ALTER TABLE feed ADD COLUMN next_poll_reason VARCHAR;
ALTER TABLE feed ADD COLUMN last_full_at TIMESTAMPTZ;
ALTER TABLE feed ADD COLUMN last_unchanged_at TIMESTAMPTZ;
ALTER TABLE feed ADD COLUMN distrusted_until TIMESTAMPTZ;
ALTER TABLE feed ADD COLUMN gone_since TIMESTAMPTZ;
ALTER TABLE feed ADD COLUMN move_url VARCHAR;
ALTER TABLE feed ADD COLUMN move_seen INTEGER;
ALTER TABLE feed ADD COLUMN move_since TIMESTAMPTZ;
ALTER TABLE feed ADD COLUMN identity VARCHAR;
ALTER TABLE feed ADD COLUMN identity_reason VARCHAR;
UPDATE feed SET
    listed_url = feed_url,
    hint_seconds = ttl_minutes * 60,
    watched_since = (SELECT min(polled_at) FROM poll WHERE poll.feed_id = feed.feed_id);
ALTER TABLE feed DROP COLUMN ttl_minutes;
COMMENT ON COLUMN feed.feed_url IS 'Address that is polled: the listed one, or the one that it has moved to for good.';
COMMENT ON COLUMN feed.interval_seconds IS 'The operator''s own pace, in seconds; NULL: learnt from the feed''s history.';
COMMENT ON COLUMN feed.listed_url IS 'Address as it stands in feeds.toml.';
COMMENT ON COLUMN feed.watched_since IS 'Since when the feed has been polled without a pause by the operator, UTC.';
COMMENT ON COLUMN feed.hint_seconds IS 'Time between polls that the feed''s document asks for, in seconds.';
COMMENT ON COLUMN feed.next_poll_reason IS 'Why the next poll is then, in a line for a person.';
COMMENT ON COLUMN feed.last_full_at IS 'Last answer that had a body, UTC.';
COMMENT ON COLUMN feed.last_unchanged_at IS 'Last answer that said "not modified" (304), UTC.';
COMMENT ON COLUMN feed.distrusted_until IS 'Until when "not modified" is not asked for, since the server was wrong about it, UTC.';
COMMENT ON COLUMN feed.gone_since IS 'Since when the feed is gone (410, or 404 again and again), UTC; it is still tried daily.';
COMMENT ON COLUMN feed.move_url IS 'Address that permanent redirects point to, while that is not yet confirmed.';
COMMENT ON COLUMN feed.move_seen IS 'Polls in a row that saw this redirect.';
COMMENT ON COLUMN feed.move_since IS 'First poll that saw this redirect, UTC.';
COMMENT ON COLUMN feed.identity IS 'What tells this feed''s entries apart: guid, or link where its guids are not to be relied on.';
COMMENT ON COLUMN feed.identity_reason IS 'Why, in a line for a person.';

CREATE TABLE feed_address (
    feed_id VARCHAR NOT NULL,
    feed_url VARCHAR NOT NULL,
    used_from TIMESTAMPTZ NOT NULL,
    reason VARCHAR NOT NULL,
    PRIMARY KEY (feed_id, used_from)
);
COMMENT ON TABLE feed_address IS 'The addresses that a feed has been polled at, one after the other.';
COMMENT ON COLUMN feed_address.feed_id IS 'The feed.';
COMMENT ON COLUMN feed_address.feed_url IS 'Address that is polled: the listed one, or the one that it has moved to for good.';
COMMENT ON COLUMN feed_address.used_from IS 'From when it was polled there, UTC.';
COMMENT ON COLUMN feed_address.reason IS 'Why, in one stable word: listed, moved (permanent redirects) or returned (the new one failed).';
INSERT INTO feed_address SELECT feed_id, feed_url, coalesce(watched_since, now()), 'listed' FROM feed;

ALTER TABLE poll ADD COLUMN asked_url VARCHAR;
ALTER TABLE poll ADD COLUMN final_url VARCHAR;
ALTER TABLE poll ADD COLUMN asked_fully BOOLEAN DEFAULT false;
ALTER TABLE poll ADD COLUMN entries_changed INTEGER DEFAULT 0;
ALTER TABLE poll ADD COLUMN entries_left_out INTEGER DEFAULT 0;
ALTER TABLE poll ADD COLUMN next_poll_at TIMESTAMPTZ;
ALTER TABLE poll ADD COLUMN next_poll_reason VARCHAR;
COMMENT ON COLUMN poll.asked_url IS 'Address that was asked.';
COMMENT ON COLUMN poll.final_url IS 'Address that answered, after redirects.';
COMMENT ON COLUMN poll.asked_fully IS 'Whether the whole document was asked for, without "only if it has changed".';
COMMENT ON COLUMN poll.entries_changed IS 'Known entries that said something else than before.';
COMMENT ON COLUMN poll.entries_left_out IS 'Entries beyond the most that are read.';
COMMENT ON COLUMN poll.next_poll_at IS 'Earliest next attempt, UTC, as decided then.';
COMMENT ON COLUMN poll.next_poll_reason IS 'Why the next poll is then, in a line for a person.';

ALTER TABLE entry ALTER COLUMN entry_version TYPE BIGINT; -- agencies also count by the clock: 20261120060000
ALTER TABLE entry ADD COLUMN link VARCHAR;
ALTER TABLE entry ADD COLUMN content_id VARCHAR;
ALTER TABLE entry ADD COLUMN full_text BOOLEAN DEFAULT false;
ALTER TABLE entry ADD COLUMN renewals INTEGER DEFAULT 0;
ALTER TABLE entry ADD COLUMN embargoed_until TIMESTAMPTZ;
ALTER TABLE entry ADD COLUMN urgency TINYINT;
ALTER TABLE entry ADD COLUMN subjects VARCHAR[]; -- filled below: DuckDB 1.5.5 cannot add a list with a default to 3,000 rows
ALTER TABLE entry ADD COLUMN agency VARCHAR;
ALTER TABLE entry ADD COLUMN slug VARCHAR;
UPDATE entry SET link = url, subjects = [];
COMMENT ON COLUMN entry.url IS 'Normal form of its address (no tracking, no fragment, no AMP or mobile variant), or a urn: where it has none.';
COMMENT ON COLUMN entry.link IS 'Address as the feed gives it: where the page is fetched.';
COMMENT ON COLUMN entry.content_id IS 'Hash of what the entry says; another one is a changed entry.';
COMMENT ON COLUMN entry.full_text IS 'Whether content_html is the whole article, so that no page is fetched.';
COMMENT ON COLUMN entry.renewals IS 'How often the entry has changed since it was first seen.';
COMMENT ON COLUMN entry.next_attempt_at IS 'Earliest (next) attempt, UTC: of a failed, embargoed or often changing entry; NULL and failed: none by itself.';
COMMENT ON COLUMN entry.embargoed_until IS 'Not for publication before, UTC.';
COMMENT ON COLUMN entry.urgency IS 'Editorial urgency, IPTC: 1 (flash) to 9.';
COMMENT ON COLUMN entry.subjects IS 'IPTC subject codes as written.';
COMMENT ON COLUMN entry.agency IS 'News agency or publisher behind the feed or the text, as written there.';
COMMENT ON COLUMN entry.slug IS 'What the agency''s editors call the story across its versions.';

ALTER TABLE capture ADD COLUMN warc_length BIGINT;
ALTER TABLE capture ADD COLUMN pruned_at TIMESTAMPTZ;
COMMENT ON COLUMN capture.pruned_at IS 'When its file was deleted by the operator''s retention, UTC; NULL: it is kept.';
COMMENT ON COLUMN capture.url IS 'Address that it is the page of, as in entry.url.';
COMMENT ON COLUMN capture.final_url IS 'Address that answered, after redirects.';
COMMENT ON COLUMN capture.warc_length IS 'Size of its record in that file, in bytes; NULL: not known.';

CREATE TABLE drop_file (
    feed_id VARCHAR NOT NULL,
    file_name VARCHAR NOT NULL,
    size_bytes BIGINT NOT NULL,
    modified_ns BIGINT NOT NULL,
    read_at TIMESTAMPTZ NOT NULL,
    run_id VARCHAR NOT NULL,
    PRIMARY KEY (feed_id, file_name)
);
COMMENT ON TABLE drop_file IS 'Files of watched folders that have been read, so that each is read once.';
COMMENT ON COLUMN drop_file.feed_id IS 'The feed whose folder it lies in.';
COMMENT ON COLUMN drop_file.file_name IS 'Its path within the folder.';
COMMENT ON COLUMN drop_file.size_bytes IS 'Its size when it was read, in bytes.';
COMMENT ON COLUMN drop_file.modified_ns IS 'Its time of change when it was read, in nanoseconds since 1970.';
COMMENT ON COLUMN drop_file.read_at IS 'When it was read, UTC.';
COMMENT ON COLUMN drop_file.run_id IS 'The execution that wrote the row.';

CREATE TABLE robots (
    origin VARCHAR PRIMARY KEY,
    http_status SMALLINT,
    robots_text VARCHAR NOT NULL,
    fetched_at TIMESTAMPTZ NOT NULL,
    unreachable_since TIMESTAMPTZ
);
COMMENT ON COLUMN robots.unreachable_since IS 'Since when it could not be had, UTC; NULL: it was had.';
COMMENT ON TABLE robots IS 'The robots.txt of each origin that pages were fetched from.';
COMMENT ON COLUMN robots.origin IS 'Scheme, host and port.';
COMMENT ON COLUMN robots.http_status IS 'Status of the answer; NULL when there was none.';
COMMENT ON COLUMN robots.robots_text IS 'What it says; empty where there is none.';
COMMENT ON COLUMN robots.fetched_at IS 'When it was fetched, UTC.';
