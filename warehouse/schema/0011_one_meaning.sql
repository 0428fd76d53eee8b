-- One column name, one meaning: the first sentence of a column's comment is the same in every table that has it;
-- sentences after it say what holds in this table alone.

-- Keys: first what is meant, then, in the table that it is the key of, how it is made.
COMMENT ON COLUMN run.run_id IS 'The execution that wrote the row.';
COMMENT ON COLUMN feed.feed_id IS 'The feed. The operator''s name for it in feeds.toml, which outlives a change of address.';
COMMENT ON COLUMN feed_address.feed_id IS 'The feed.';
COMMENT ON COLUMN poll.feed_id IS 'The feed. The one that was asked.';
COMMENT ON COLUMN entry.feed_id IS 'The feed. The one that it was seen in.';
COMMENT ON COLUMN drop_file.feed_id IS 'The feed. The one whose folder it lies in.';
COMMENT ON COLUMN failure.feed_id IS 'The feed. NULL where not one feed is meant.';
COMMENT ON COLUMN article.feed_id IS 'The feed. The one that showed it first; entry has all sightings.';
COMMENT ON COLUMN poll.poll_id IS 'The poll. Hash of feed, execution and time.';
COMMENT ON COLUMN failure.failure_id IS 'The failure. Hash of execution, stage, feed, address and time.';
COMMENT ON COLUMN mention.mention_id IS 'The mention. Hash of article, offsets and label.';
COMMENT ON COLUMN date_mention.date_mention_id IS 'The date mention. Hash of article and offsets.';
COMMENT ON COLUMN quantity.quantity_id IS 'The quantity. Hash of article and offsets.';
COMMENT ON COLUMN capture.capture_id IS 'The captured page. Hash of address, body and time.';
COMMENT ON COLUMN article.article_id IS 'The article version. Hash of address and version.';
COMMENT ON COLUMN entry.article_id IS 'The article version. The one that came of it; NULL before it is loaded.';
COMMENT ON COLUMN article_pair.article_id IS 'The article version. The later of the two, by publication.';
COMMENT ON COLUMN story.story_id IS 'The story. Hash of its first article.';
COMMENT ON COLUMN place.place_id IS 'The place, as the text names it. Hash of article and offsets.';
COMMENT ON COLUMN event_mention.place_id IS 'The place, as the text names it. Where it happened; NULL: not told.';
COMMENT ON COLUMN event_mention.event_mention_id IS 'The coded event. Hash of article, trigger, type, rule and parties.';
COMMENT ON COLUMN event_mention.event_id IS 'The event, told of by one or more event mentions. NULL for what did not happen (negated, planned …), and until grouping.';
COMMENT ON COLUMN event.event_id IS 'The event, told of by one or more event mentions. Hash of its earliest report.';
COMMENT ON COLUMN entity.entity_id IS 'Who or what is named, a row of entity. Hash of kind and canonical name where it was named first; it never changes.';
COMMENT ON COLUMN entity_alias.entity_id IS 'Who or what is named, a row of entity.';
COMMENT ON COLUMN mention.entity_id IS 'Who or what is named, a row of entity. NULL when nobody could tell.';
COMMENT ON COLUMN event_participant.entity_id IS 'Who or what is named, a row of entity. NULL when nobody could tell.';

-- Addresses and answers.
COMMENT ON COLUMN entry.url IS 'Address in its normal form (no tracking, no fragment, no AMP or mobile variant), or a urn: where it has none. NULL: the feed gives none.';
COMMENT ON COLUMN capture.url IS 'Address in its normal form (no tracking, no fragment, no AMP or mobile variant), or a urn: where it has none. As in the entries that it is the page of.';
COMMENT ON COLUMN article.url IS 'Address in its normal form (no tracking, no fragment, no AMP or mobile variant), or a urn: where it has none. The page''s canonical one on its own host, else that which answered.';
COMMENT ON COLUMN failure.url IS 'Address in its normal form (no tracking, no fragment, no AMP or mobile variant), or a urn: where it has none. As in entry.url; where a poll failed, as in feed.feed_url.';
COMMENT ON COLUMN capture.body_sha256 IS 'SHA-256 of the body.';
COMMENT ON COLUMN feed.body_sha256 IS 'SHA-256 of the body. That of the last answer that was read.';
COMMENT ON COLUMN poll.http_status IS 'Status of the answer. NULL when there was none.';
COMMENT ON COLUMN robots.http_status IS 'Status of the answer. NULL when there was none.';
COMMENT ON COLUMN poll.size_bytes IS 'Size in bytes. After decompression.';
COMMENT ON COLUMN capture.size_bytes IS 'Size in bytes. After decompression.';
COMMENT ON COLUMN drop_file.size_bytes IS 'Size in bytes. When it was read.';
COMMENT ON COLUMN feed.next_poll_at IS 'Earliest next poll, UTC.';
COMMENT ON COLUMN poll.next_poll_at IS 'Earliest next poll, UTC. As decided then.';
COMMENT ON COLUMN entry.next_attempt_at IS 'Earliest next attempt, UTC. Of a failed, embargoed or often changing entry; NULL and failed: none by itself.';
COMMENT ON COLUMN failure.next_attempt_at IS 'Earliest next attempt, UTC. NULL: none by itself.';
COMMENT ON COLUMN entry.reason IS 'Why, in one stable word. Why it failed or was skipped.';
COMMENT ON COLUMN failure.reason IS 'Why, in one stable word. Why it failed.';
COMMENT ON COLUMN poll.reason IS 'Why, in one stable word. Why it failed.';
COMMENT ON COLUMN feed_address.reason IS 'Why, in one stable word. listed, moved (permanent redirects) or returned (the new one failed).';
COMMENT ON COLUMN entry.status IS 'How far it has come. pending, fetched, loaded, failed or skipped.';
COMMENT ON COLUMN run.status IS 'How far it has come. running, completed, failed (it ended with an error) or crashed (it never ended by itself).';

-- Texts.
COMMENT ON COLUMN entry.title IS 'Headline, plain text.';
COMMENT ON COLUMN article.title IS 'Headline, plain text. Without the agencies'' marks ("UPDATE 2-") and the site''s name.';
COMMENT ON COLUMN story.title IS 'Headline, plain text. That of the first article.';
COMMENT ON COLUMN entry.first_seen_at IS 'When it was first seen, UTC. By a poll.';
COMMENT ON COLUMN story.first_seen_at IS 'When it was first seen, UTC. By a poll of any feed that showed any of its articles.';
COMMENT ON COLUMN entity.first_seen_at IS 'When it was first seen, UTC. Publication time of the earliest article that names it; NULL when none has one.';
COMMENT ON COLUMN entity.last_seen_at IS 'When it was last seen, UTC. Publication time of the latest article that names it; NULL when none has one.';
COMMENT ON COLUMN article_pair.grouped_on IS 'Day of publication, UTC, else of loading: only days close by are compared. That of the later article.';
COMMENT ON COLUMN place.start_offset IS 'Where the words begin in article.text, in code points. 0 for the place of the dateline, which is not in the text.';
COMMENT ON COLUMN place.end_offset IS 'Where the words end in article.text, exclusive, in code points. 0 for the place of the dateline.';
COMMENT ON COLUMN event_participant.ordinal IS 'Its place in the order, from 1. Of the parties in one role, as the sentence has them.';
COMMENT ON COLUMN article_claim.ordinal IS 'Its place in the order, from 1. Of the claims of one field.';
COMMENT ON COLUMN entity_alias.mention_count IS 'How often it is told. Mentions that are written so.';
COMMENT ON COLUMN event.mention_count IS 'How often it is told. Sentences that tell of it, in articles that stand.';
COMMENT ON COLUMN story.article_count IS 'Articles that stand, copies included.';
COMMENT ON COLUMN event.article_count IS 'Articles that stand, copies included. Those that tell of it.';

-- Who, where and when.
COMMENT ON COLUMN feed.country IS 'State, ISO 3166 alpha-3.';
COMMENT ON COLUMN mention.country IS 'State, ISO 3166 alpha-3. Or PLOVER''s code of a body beyond states (UNO, IGO, NGO …).';
COMMENT ON COLUMN entity.country IS 'State, ISO 3166 alpha-3. Or PLOVER''s code of a body beyond states (UNO, IGO, NGO …).';
COMMENT ON COLUMN event_participant.country IS 'State, ISO 3166 alpha-3. Or PLOVER''s code of a body beyond states (UNO, IGO, NGO …).';
COMMENT ON COLUMN date_mention.date_start IS 'First day that is meant. NULL when it cannot be told or is open ("until Friday").';
COMMENT ON COLUMN date_mention.date_end IS 'Last day that is meant. NULL when it cannot be told or is open ("since June").';
COMMENT ON COLUMN event_mention.date_start IS 'First day that is meant. NULL when the text gives none for it.';
COMMENT ON COLUMN event_mention.date_end IS 'Last day that is meant. NULL when the text gives none for it.';
COMMENT ON COLUMN event.date_start IS 'First day that is meant. NULL when no report gives one.';
COMMENT ON COLUMN event.date_end IS 'Last day that is meant. NULL when no report gives one.';
COMMENT ON COLUMN date_mention.date_precision IS 'How long a time the date means: day, week, month, season, quarter, year, decade, or span for a range.';
COMMENT ON COLUMN event_mention.date_precision IS 'How long a time the date means: day, week, month, season, quarter, year, decade, or span for a range.';
COMMENT ON COLUMN event.date_precision IS 'How long a time the date means: day, week, month, season, quarter, year, decade, or span for a range.';
COMMENT ON COLUMN event.event_day IS 'Day that grouping goes by, UTC: the one that the text gives, else that of publication or loading.';
COMMENT ON COLUMN event_mention.event_day IS 'Day that grouping goes by, UTC: the one that the text gives, else that of publication or loading. NULL: not grouped yet.';
COMMENT ON COLUMN event_mention.confidence IS 'How sure the coding is, 0 to 1.';
COMMENT ON COLUMN event.confidence IS 'How sure the coding is, 0 to 1. Of the surest report.';

-- Tolls.
COMMENT ON COLUMN event_mention.killed_low IS 'At least so many killed. By this sentence.';
COMMENT ON COLUMN event_mention.killed_high IS 'At most so many killed. By this sentence; NULL: open.';
COMMENT ON COLUMN event_mention.wounded_low IS 'At least so many wounded. By this sentence.';
COMMENT ON COLUMN event_mention.wounded_high IS 'At most so many wounded. By this sentence; NULL: open.';
COMMENT ON COLUMN event_mention.arrested_low IS 'At least so many arrested. By this sentence.';
COMMENT ON COLUMN event_mention.arrested_high IS 'At most so many arrested. By this sentence; NULL: open.';
COMMENT ON COLUMN event_mention.captured_low IS 'At least so many captured. By this sentence.';
COMMENT ON COLUMN event_mention.captured_high IS 'At most so many captured. By this sentence; NULL: open.';
COMMENT ON COLUMN event_mention.displaced_low IS 'At least so many displaced. By this sentence.';
COMMENT ON COLUMN event_mention.displaced_high IS 'At most so many displaced. By this sentence; NULL: open.';
COMMENT ON COLUMN event.killed_low IS 'At least so many killed. The least that any report gives; the view casualties says which.';
COMMENT ON COLUMN event.killed_high IS 'At most so many killed. The greatest number that any report gives.';
COMMENT ON COLUMN event.wounded_low IS 'At least so many wounded. The least that any report gives.';
COMMENT ON COLUMN event.wounded_high IS 'At most so many wounded. The greatest number that any report gives.';
COMMENT ON COLUMN event.arrested_low IS 'At least so many arrested. The least that any report gives.';
COMMENT ON COLUMN event.arrested_high IS 'At most so many arrested. The greatest number that any report gives.';
COMMENT ON COLUMN event.captured_low IS 'At least so many captured. The least that any report gives.';
COMMENT ON COLUMN event.captured_high IS 'At most so many captured. The greatest number that any report gives.';
COMMENT ON COLUMN event.displaced_low IS 'At least so many displaced. The least that any report gives.';
COMMENT ON COLUMN event.displaced_high IS 'At most so many displaced. The greatest number that any report gives.';

-- By what each row was made. Rows of a text have no version of their own: 20 million would repeat what the article says.
COMMENT ON COLUMN article.extractor IS 'What made the text: extractor and rules with versions. It made the rows of article_claim, too.';
COMMENT ON COLUMN article.tagger IS 'What read the text: model, rules and lexicon with versions. It made all rows that the article has in mention, place, date_mention, quantity, event_mention and event_participant.';
COMMENT ON COLUMN run.program_version IS 'Version of Dateline that ran. What it grouped (story, event and what is below them) is of this version.';

-- For a warehouse that went through 0004 before its first change; for all others it is so already.
ALTER TABLE entry ALTER COLUMN entry_version TYPE BIGINT;
