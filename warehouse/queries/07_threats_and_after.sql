-- Who threatened what, and what did they do in the four weeks after?
-- Counted from the first day that the threat may be of ("earlier this month" is the 1st), that day included. NULL:
-- nothing that names them, and "a militia" without a name is nobody's.
SELECT
    coalesce(t.date_start, t.event_day) AS since, array_to_string(t.actors, ', ') AS who, t.sentence_text AS threat,
    f.event_day AS then_on, f.event_type || coalesce(' ' || f.mode, '') AS did, f.sentence_text AS what_followed
FROM event_feed AS t
LEFT JOIN event_feed AS f
    ON list_has_any(t.actor_ids, f.actor_ids) AND f.quad = 4
    AND f.event_day BETWEEN coalesce(t.date_start, t.event_day) AND coalesce(t.date_start, t.event_day) + 28
    AND coalesce(f.date_precision, 'day') IN ('day', 'week')
WHERE t.event_type = 'THREATEN'
ORDER BY since, who, then_on, did
LIMIT 4;
