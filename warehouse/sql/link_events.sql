-- Reports of the same happening get the same event: same type, leading parties, place and day.
-- A report that names no party joins only reports of its own story; what an article links (`happening`) is one event, by
-- its fullest report.
CREATE OR REPLACE TEMP TABLE touched AS
WITH party AS (
    SELECT
        event_mention_id,
        arg_min(coalesce(country || '/' || sector, country, entity_id, lower(participant_text)), ordinal)
            FILTER (role = 'actor') AS actor,
        arg_min(coalesce(country || '/' || sector, country, entity_id, lower(participant_text)), ordinal)
            FILTER (role = 'recipient') AS recipient
    FROM event_participant
    GROUP BY event_mention_id
)
SELECT event_mention_id, first_value(key) OVER (
    PARTITION BY article_id, coalesce(CAST(happening AS VARCHAR), event_mention_id)
    ORDER BY known DESC, start_offset, event_mention_id
) AS event_id
FROM (SELECT
    m.event_mention_id, m.article_id, m.happening, m.start_offset,
    (p.actor IS NOT NULL)::INTEGER + (p.recipient IS NOT NULL)::INTEGER + (l.place_id IS NOT NULL)::INTEGER AS known,
    substr(md5(concat_ws(
        '|', m.event_type, coalesce(p.actor, ''), coalesce(p.recipient, ''),
        coalesce(CAST(l.geonameid AS VARCHAR), lower(l.place_text), ''),
        coalesce(CAST(m.date_start AS VARCHAR), CAST(CAST(a.published_at AT TIME ZONE 'UTC' AS DATE) AS VARCHAR), ''),
        CASE WHEN p.actor IS NULL AND p.recipient IS NULL THEN sa.story_id ELSE '' END
    )), 1, 16) AS key
FROM event_mention AS m
JOIN article AS a USING (article_id)
JOIN story_article AS sa USING (article_id)
LEFT JOIN party AS p USING (event_mention_id)
LEFT JOIN place AS l USING (place_id)
WHERE m.event_id IS NULL AND m.polarity = 'affirmed' AND m.modality = 'actual');

UPDATE event_mention SET event_id = touched.event_id
FROM touched
WHERE event_mention.event_mention_id = touched.event_mention_id;

INSERT INTO touched
SELECT m.event_mention_id, m.event_id
FROM event_mention AS m
JOIN article AS a USING (article_id)
WHERE NOT a.is_latest AND m.event_id IS NOT NULL;
