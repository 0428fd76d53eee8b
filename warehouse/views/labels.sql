-- What people say of coded events, as far as it counts: one row a judgement that nobody corrected or withdrew.
--   SELECT event_type, should_be['type'] AS should_be, count(*) FROM labels WHERE list_contains(wrong, 'type') GROUP BY ALL;
--   SELECT sentence_text, wrong, should_be, coded_now FROM labels WHERE standing = 'still wrong';
CREATE OR REPLACE VIEW labels AS
SELECT
    l.labelled_at, l.labelled_by, l.verdict, l.wrong, l.should_be, l.note, l.standing, l.event_type, l.coded,
    l.coded_now, l.sentence_text, l.trigger_text, l.drawn_from, l.tagger, a.title, a.url, a.published_at,
    l.event_mention_id, l.article_id, l.label_id
FROM label AS l
LEFT JOIN article AS a USING (article_id)
WHERE l.counts;
COMMENT ON VIEW labels IS 'What people say of coded events, as far as it counts: one row a judgement that nobody corrected or withdrew. drawn_from tells what a review drew by chance from what was reported; `dateline accuracy` states precision from the former alone.';
