-- The events of a brief: those told between two times that happened in one of some countries, or were done by or to
-- theirs; without countries all. The first of them, by how many independent reports tell of them, have a number.
CREATE OR REPLACE TEMP TABLE brief_event AS
WITH told AS (
    SELECT
        event_id, event_type, quad, actor_ids, actor_country, actor_sector, recipients, recipient_ids,
        recipient_country, recipient_sector, place_name, latitude, longitude, country, place_precision, event_day,
        killed_low, killed_high, wounded_low, wounded_high, report_count, article_count
    FROM event
    WHERE coalesce(last_reported_at, CAST(event_day AS TIMESTAMPTZ)) BETWEEN $since AND $until
      AND (len(CAST($countries AS VARCHAR[])) = 0
           OR list_has_any(CAST($countries AS VARCHAR[]), [country, actor_country, recipient_country]))
), foremost AS ( -- found before they are numbered: numbering all of a million sorts them
    SELECT event_id, report_count, article_count, killed_low, event_day
    FROM told
    ORDER BY report_count DESC, article_count DESC, killed_low DESC NULLS LAST, event_day DESC, event_id
    LIMIT $most
), numbered AS (
    SELECT
        event_id,
        row_number() OVER (
            ORDER BY report_count DESC, article_count DESC, killed_low DESC NULLS LAST, event_day DESC, event_id
        ) AS number
    FROM foremost
)
SELECT told.*, numbered.number
FROM told
LEFT JOIN numbered USING (event_id);
