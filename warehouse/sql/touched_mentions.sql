-- Event mentions that wait for their event, each with the day that it is of and the one that it is grouped by. What is told
-- of a day or two is compared by the last of them, whenever it is told; what is told of a longer time by the day of the
-- report: else all that was ever told of "last year" would be read again with each new report of it.
CREATE OR REPLACE TEMP TABLE touched AS
SELECT
    m.event_mention_id, m.event_type, m.event_id, day_within(r.reported_on, m.date_start, m.date_end) AS event_day,
    CASE WHEN m.date_end - m.date_start <= 1 THEN m.date_end ELSE r.reported_on END AS grouped_on
FROM event_mention AS m
JOIN (
    SELECT article_id, CAST(coalesce(published_at, loaded_at) AT TIME ZONE 'UTC' AS DATE) AS reported_on FROM article
) AS r USING (article_id)
WHERE m.event_day IS NULL;

UPDATE event_mention SET event_day = touched.event_day, grouped_on = touched.grouped_on
FROM touched
WHERE event_mention.event_mention_id = touched.event_mention_id;
