-- The numbered events with the sentence, article and address of their fullest report. What is joined at last is few:
-- a view that joins all reports to all events takes twenty times as long in a million articles.
CREATE OR REPLACE TEMP TABLE brief_shown AS
WITH chosen AS (
    SELECT e.*, b.number
    FROM event AS e
    JOIN (SELECT event_id, number FROM brief_event WHERE number IS NOT NULL) AS b USING (event_id)
), leads AS (
    SELECT c.event_id, m.sentence_text, m.attribution, m.article_id
    FROM event_mention AS m
    JOIN chosen AS c ON c.lead_event_mention_id = m.event_mention_id
), sources AS (
    SELECT l.event_id, l.sentence_text, l.attribution, a.title, a.agency, a.url, l.article_id
    FROM article AS a
    JOIN leads AS l USING (article_id)
), tellings AS (
    SELECT l.event_id, s.story_id
    FROM story_article AS s
    JOIN leads AS l USING (article_id)
)
SELECT chosen.*, sources.* EXCLUDE (event_id), tellings.story_id
FROM chosen
LEFT JOIN sources USING (event_id)
LEFT JOIN tellings USING (event_id);
