-- What changed: one row an article version that takes the place of another, with the lines that came and went.
--   SELECT title_before, title, lines_added, lines_removed FROM article_diff WHERE title <> title_before;
CREATE OR REPLACE VIEW article_diff AS
SELECT
    a.article_id, a.supersedes, a.url, a.version, a.published_at, a.modified_at, a.loaded_at,
    b.title AS title_before, a.title,
    list_filter(string_split(a.text, chr(10)), lambda line: line <> '' AND NOT contains(b.lines, line)) AS lines_added,
    list_filter(b.lines, lambda line: line <> '' AND NOT contains(string_split(a.text, chr(10)), line)) AS lines_removed,
    b.word_count AS word_count_before, a.word_count, a.marks, a.corrections, a.agency, a.feed_id, a.is_latest
FROM article AS a
JOIN (
    SELECT article_id, title, word_count, string_split(text, chr(10)) AS lines FROM article WHERE NOT is_latest
) AS b
    ON b.article_id = a.supersedes
WHERE a.supersedes IS NOT NULL; -- both said outright, so that no other texts are even read
COMMENT ON VIEW article_diff IS 'What changed: one row an article version that takes the place of another, with the lines (paragraphs) that came and went.';
COMMENT ON COLUMN article_diff.title_before IS 'Headline of the version before.';
COMMENT ON COLUMN article_diff.lines_added IS 'Paragraphs that only this version has, in their order.';
COMMENT ON COLUMN article_diff.lines_removed IS 'Paragraphs that only the version before has, in their order.';
COMMENT ON COLUMN article_diff.word_count_before IS 'Words in the text of the version before.';
