-- What people say of coded events: each judgement a row, never changed but for what became of the coding.

CREATE TABLE label (
    label_id VARCHAR PRIMARY KEY,
    labelled_at TIMESTAMPTZ NOT NULL,
    labelled_by VARCHAR NOT NULL,
    verdict VARCHAR NOT NULL,
    wrong VARCHAR[] NOT NULL,
    should_be MAP(VARCHAR, VARCHAR) NOT NULL,
    note VARCHAR,
    event_mention_id VARCHAR NOT NULL,
    article_id VARCHAR NOT NULL,
    event_type VARCHAR NOT NULL,
    tagger VARCHAR NOT NULL,
    coded MAP(VARCHAR, VARCHAR) NOT NULL,
    sentence_text VARCHAR NOT NULL,
    trigger_start INTEGER NOT NULL,
    trigger_text VARCHAR NOT NULL,
    drawn_from BIGINT,
    counts BOOLEAN NOT NULL,
    standing VARCHAR,
    coded_now MAP(VARCHAR, VARCHAR),
    run_id VARCHAR NOT NULL
);
COMMENT ON TABLE label IS 'What people say of coded events (dateline label, dateline review): a row each time; the last one of a coding counts. Loaded by each run from labels.jsonl, which is what people write.';
COMMENT ON COLUMN label.label_id IS 'Hash of who judged, when, and what.';
COMMENT ON COLUMN label.labelled_at IS 'When it was said, UTC.';
COMMENT ON COLUMN label.labelled_by IS 'Who said it, as they call themselves.';
COMMENT ON COLUMN label.verdict IS 'right, wrong or withdrawn.';
COMMENT ON COLUMN label.wrong IS 'Parts that are coded wrongly: event (there is none), type, mode, actor, recipient, place, date, toll, truth; the others are held to be right.';
COMMENT ON COLUMN label.should_be IS 'What would be right, by part, where that was said; none: nothing should be coded.';
COMMENT ON COLUMN label.note IS 'What else was said.';
COMMENT ON COLUMN label.event_mention_id IS 'The coded event. As its id was when it was judged; another version of the coder may give its words another.';
COMMENT ON COLUMN label.article_id IS 'The article version.';
COMMENT ON COLUMN label.event_type IS 'PLOVER type: AGREE, CONSULT, … ASSAULT. As it was coded when it was judged.';
COMMENT ON COLUMN label.tagger IS 'What read the text: model, rules and lexicon with versions. Those of the coding that was judged.';
COMMENT ON COLUMN label.sentence_text IS 'The sentence that says so.';
COMMENT ON COLUMN label.trigger_text IS 'The words that tell of the event.';
COMMENT ON COLUMN label.run_id IS 'The execution that wrote the row. The last that loaded it or found its standing changed.';
COMMENT ON COLUMN label.coded IS 'How it was coded when it was judged, by part.';
COMMENT ON COLUMN label.trigger_start IS 'Where the words that tell of the event begin in its sentence, in code points.';
COMMENT ON COLUMN label.drawn_from IS 'How many event mentions of its type and tagger there were when a review drew this one by chance. NULL: it was reported because somebody saw it, which tells nothing of the rest.';
COMMENT ON COLUMN label.counts IS 'Whether it is the last word on this coding: not corrected, withdrawn or itself a withdrawal.';
COMMENT ON COLUMN label.standing IS 'What became of the coding by the last run: still right, now right, still wrong, changed (neither as it was nor as it should be), gone (no event is coded there), text gone (the latest text has no such sentence).';
COMMENT ON COLUMN label.coded_now IS 'How the same words are coded now, by part. NULL: not at all.';
