-- What it cost, by whom it is said: one row a report and kind of harm. Reports with one origin_article_id are one
-- independent report: copies and updates of one text.
--   SELECT agency, attribution, toll_low, toll_high FROM casualties WHERE country = 'COD' AND fate = 'killed' ORDER BY published_at;

-- The most that any of these counts allows, NULL where one of them is open: "at least 30" says nothing of a most.
CREATE OR REPLACE MACRO at_most(low, high) AS
    CASE WHEN NOT bool_or(low IS NOT NULL AND high IS NULL) THEN max(high) END;

-- The sum of the most that each allows, NULL where one of them is open.
CREATE OR REPLACE MACRO sum_at_most(low, high) AS
    CAST(CASE WHEN NOT bool_or(low IS NOT NULL AND high IS NULL) THEN sum(high) END AS BIGINT);

-- A count in a few letters: 30, 30–35, 30+ where nobody knows how many more.
CREATE OR REPLACE MACRO in_numbers(low, high) AS
    CASE WHEN high IS NULL THEN low || '+' WHEN high > low THEN low || '–' || high ELSE CAST(low AS VARCHAR) END;

CREATE OR REPLACE VIEW casualties AS
WITH told AS (
    SELECT *, unnest([
        {'fate': 'killed', 'low': killed_low, 'high': killed_high},
        {'fate': 'wounded', 'low': wounded_low, 'high': wounded_high},
        {'fate': 'arrested', 'low': arrested_low, 'high': arrested_high},
        {'fate': 'captured', 'low': captured_low, 'high': captured_high},
        {'fate': 'displaced', 'low': displaced_low, 'high': displaced_high}
    ]) AS toll
    FROM event_mention
    WHERE event_id IS NOT NULL
      AND coalesce(killed_low, wounded_low, arrested_low, captured_low, displaced_low) IS NOT NULL
)
SELECT
    t.event_id, e.event_day, e.date_precision, e.event_type, e.country, e.place_name, t.toll.fate AS fate,
    t.toll.low AS toll_low, t.toll.high AS toll_high, t.attribution, a.agency, a.published_at,
    coalesce(s.origin_article_id, t.article_id) AS origin_article_id, s.relation, t.sentence_text, a.title, a.url,
    t.article_id, t.event_mention_id
FROM told AS t
JOIN event AS e USING (event_id)
JOIN article AS a ON a.article_id = t.article_id
LEFT JOIN story_article AS s ON s.article_id = t.article_id
WHERE t.toll.low IS NOT NULL AND a.is_latest;
COMMENT ON VIEW casualties IS 'What it cost, by whom it is said: one row a report and kind of harm.';
COMMENT ON COLUMN casualties.fate IS 'What befell the people that are counted. killed, wounded, arrested, captured or displaced.';
COMMENT ON COLUMN casualties.toll_low IS 'At least so many, by this sentence.';
COMMENT ON COLUMN casualties.toll_high IS 'At most so many; NULL: open.';
