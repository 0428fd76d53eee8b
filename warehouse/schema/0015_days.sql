-- How often entities are named a day is kept, too; all that grouping derives says which run made it.

ALTER TABLE entity_office ADD COLUMN run_id VARCHAR;
ALTER TABLE article_band ADD COLUMN run_id VARCHAR;
ALTER TABLE article_term ADD COLUMN run_id VARCHAR;
COMMENT ON COLUMN entity_office.run_id IS 'The execution that wrote the row. The last that changed it; NULL: made before this was kept.';
COMMENT ON COLUMN article_band.run_id IS 'The execution that wrote the row. NULL: made before this was kept.';
COMMENT ON COLUMN article_term.run_id IS 'The execution that wrote the row. NULL: made before this was kept.';

CREATE TABLE entity_day (
    entity_id VARCHAR NOT NULL,
    named_on DATE NOT NULL,
    report_count INTEGER NOT NULL CHECK (report_count > 0),
    run_id VARCHAR
);
COMMENT ON TABLE entity_day IS 'How many independent reports of each day name an entity.';
COMMENT ON COLUMN entity_day.entity_id IS 'Who or what is named, a row of entity.';
COMMENT ON COLUMN entity_day.named_on IS 'Day of the articles that name it, UTC: of publication, else of loading.';
COMMENT ON COLUMN entity_day.report_count IS 'Independent reports: texts that are no copies or updates of others. Of that day, in articles that stand; a text that was copied on a later day counts on both.';
COMMENT ON COLUMN entity_day.run_id IS 'The execution that wrote the row. NULL: made before this was kept.';
INSERT INTO entity_day BY NAME
SELECT
    m.entity_id, CAST(least(coalesce(a.published_at, a.loaded_at), a.loaded_at) AT TIME ZONE 'UTC' AS DATE) AS named_on,
    count(DISTINCT coalesce(s.origin_article_id, a.article_id)) AS report_count
FROM mention AS m
JOIN article AS a USING (article_id)
LEFT JOIN story_article AS s USING (article_id)
WHERE a.is_counted AND m.entity_id IS NOT NULL
GROUP BY ALL
ORDER BY named_on;

-- An event's mode is one that half of its independent reports give, and its scale that of its mode.
WITH told AS (
    SELECT
        m.event_id, m.mode, m.scale, s.origin_article_id,
        1 / count(*) OVER (PARTITION BY m.event_id, s.origin_article_id) AS voice
    FROM event_mention AS m
    JOIN article AS a USING (article_id)
    JOIN story_article AS s USING (article_id)
    WHERE m.event_id IS NOT NULL AND a.is_latest
), spoken AS (
    SELECT event_id, mode, round(sum(voice), 6) AS voices FROM told WHERE mode IS NOT NULL GROUP BY event_id, mode
), agreed AS (
    SELECT event_id, arg_max(p.mode, (p.voices, p.mode)) FILTER (2 * p.voices >= e.report_count) AS mode
    FROM event AS e
    LEFT JOIN spoken AS p USING (event_id)
    GROUP BY event_id
), scaled AS (
    SELECT event_id, a.mode, min(t.scale) FILTER (t.mode IS NOT DISTINCT FROM a.mode) AS scale
    FROM told AS t
    JOIN agreed AS a USING (event_id)
    GROUP BY event_id, a.mode
)
UPDATE event SET mode = scaled.mode, scale = coalesce(scaled.scale, event.scale)
FROM scaled
WHERE event.event_id = scaled.event_id
  AND (event.mode IS DISTINCT FROM scaled.mode OR event.scale <> scaled.scale);

COMMENT ON COLUMN event.mode IS 'PLOVER mode, the most specific; NULL when none is clear. One that half of the independent reports give, each with one voice that its sentences share.';
COMMENT ON COLUMN event.scale IS 'From conflict (-10) to cooperation (+10). That of its type and mode.';
COMMENT ON COLUMN event.actor_country IS 'State of the first actor that has one, ISO 3166 alpha-3 or PLOVER''s code of a body beyond states.';
COMMENT ON COLUMN event.actor_sector IS 'PLOVER sector of the first actor that has one.';
COMMENT ON COLUMN event.recipient_country IS 'State of the first recipient that has one, as actor_country.';
COMMENT ON COLUMN event.recipient_sector IS 'PLOVER sector of the first recipient that has one.';
COMMENT ON COLUMN quantity.fate IS 'What befell the people that are counted. killed, wounded, missing …';
