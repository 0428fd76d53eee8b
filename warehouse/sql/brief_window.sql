-- The events of a brief: those told between two times that happened in one of some countries, or were done by or to
-- theirs; without countries all. They are numbered by how many independent reports tell of them.
CREATE OR REPLACE TEMP TABLE brief_event AS
SELECT
    *,
    row_number() OVER (
        ORDER BY report_count DESC, article_count DESC, killed_low DESC NULLS LAST, event_day DESC, event_id
    ) AS number
FROM event
WHERE coalesce(last_reported_at, CAST(event_day AS TIMESTAMPTZ)) BETWEEN $since AND $until
  AND (len(CAST($countries AS VARCHAR[])) = 0
       OR list_has_any(CAST($countries AS VARCHAR[]), [country, actor_country, recipient_country]));
