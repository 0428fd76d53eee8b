-- All event mentions of a type on the days around a touched one: what happened, and stands.
WITH days AS (
    SELECT DISTINCT event_type, CAST(unnest(range(grouped_on - 2, grouped_on + 3, INTERVAL 1 DAY)) AS DATE) AS grouped_on
    FROM (SELECT DISTINCT event_type, grouped_on FROM touched)
), around AS (
    SELECT m.*
    FROM event_mention AS m
    JOIN days USING (event_type, grouped_on)
    WHERE m.polarity = 'affirmed' AND m.modality = 'actual'
), sides AS (
    SELECT
        event_mention_id,
        list({text: participant_text, entity_id: entity_id, country: country, sector: sector} ORDER BY ordinal)
            FILTER (role = 'actor') AS actors,
        list({text: participant_text, entity_id: entity_id, country: country, sector: sector} ORDER BY ordinal)
            FILTER (role = 'recipient') AS recipients
    FROM event_participant
    WHERE event_mention_id IN (SELECT event_mention_id FROM around)
    GROUP BY event_mention_id
)
SELECT
    m.event_mention_id, m.article_id, m.event_id, m.event_type, m.mode, m.grouped_on, m.happening, m.sentence_text,
    m.date_start, m.date_end, m.date_end - m.date_start <= 1 IS TRUE AS is_dated,
    m.killed_low, m.killed_high, m.wounded_low, m.wounded_high, m.arrested_low, m.arrested_high,
    m.captured_low, m.captured_high, m.displaced_low, m.displaced_high,
    coalesce(a.published_at, a.loaded_at) AS reported_at, a.is_latest OR m.event_id IS NOT NULL AS stands, sa.story_id,
    l.geonameid, l.latitude, l.longitude, l.place_precision, l.country, l.admin1, s.actors, s.recipients
FROM around AS m
JOIN article AS a USING (article_id)
JOIN story_article AS sa USING (article_id)
LEFT JOIN place AS l USING (place_id)
LEFT JOIN sides AS s USING (event_mention_id)
WHERE a.withdrawn_at IS NULL;
