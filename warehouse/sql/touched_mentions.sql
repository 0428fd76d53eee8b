-- Event mentions that wait for their event, each with the day that grouping goes by.
CREATE OR REPLACE TEMP TABLE touched AS
SELECT
    m.event_mention_id, m.event_type, m.event_id,
    CASE WHEN m.date_end - m.date_start <= 1 THEN m.date_start
    ELSE CAST(coalesce(a.published_at, a.loaded_at) AT TIME ZONE 'UTC' AS DATE) END AS event_day
FROM event_mention AS m
JOIN article AS a USING (article_id)
WHERE m.event_day IS NULL;

UPDATE event_mention SET event_day = touched.event_day
FROM touched
WHERE event_mention.event_mention_id = touched.event_mention_id;
