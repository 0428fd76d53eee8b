-- What a coded event says of itself: what ties its place to it, how exact its date is, two more tolls, how it is told.

ALTER TABLE event_mention ADD COLUMN place_from VARCHAR;
ALTER TABLE event_mention ADD COLUMN date_precision VARCHAR;
ALTER TABLE event_mention ADD COLUMN captured_low INTEGER;
ALTER TABLE event_mention ADD COLUMN captured_high INTEGER;
ALTER TABLE event_mention ADD COLUMN displaced_low INTEGER;
ALTER TABLE event_mention ADD COLUMN displaced_high INTEGER;
ALTER TABLE event_mention ADD COLUMN speech VARCHAR;
ALTER TABLE event_mention ADD COLUMN part VARCHAR;
COMMENT ON COLUMN event_mention.place_from IS 'What ties the place to the event: attached (by the grammar), sentence, previous sentence; NULL: no place, or not known.';
COMMENT ON COLUMN event_mention.date_precision IS 'How long a time the date means: day, week, month, season, quarter, year, decade, span.';
COMMENT ON COLUMN event_mention.captured_low IS 'At least so many captured, by this sentence.';
COMMENT ON COLUMN event_mention.captured_high IS 'At most so many captured; NULL: open.';
COMMENT ON COLUMN event_mention.displaced_low IS 'At least so many displaced, by this sentence.';
COMMENT ON COLUMN event_mention.displaced_high IS 'At most so many displaced; NULL: open.';
COMMENT ON COLUMN event_mention.speech IS 'direct (in quotation marks) or indirect; NULL when the text says it itself.';
COMMENT ON COLUMN event_mention.part IS 'lead (first paragraph) or body; NULL: not known.';
