-- What the learned coder thinks of an event's words, beside what the rules say (`rule`).

ALTER TABLE event_mention ADD COLUMN learned_type VARCHAR;
ALTER TABLE event_mention ADD COLUMN learned_share DOUBLE;
COMMENT ON COLUMN event_mention.learned_type IS 'The likeliest type by the learned coder alone: PLOVER''s, or NONE for no event. NULL: it was not asked.';
COMMENT ON COLUMN event_mention.learned_share IS 'How likely the learned coder finds learned_type, 0 to 1.';
COMMENT ON COLUMN event_mention.rule IS 'The lexicon entry that fired; learned where no entry did, and the learned coder found the event.';
