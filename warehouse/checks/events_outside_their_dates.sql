-- An event is counted to a day of the time that its reports give for it, and so is each of its reports.
SELECT 'event' AS table_name, event_id AS row_id, event_day, date_start, date_end
FROM event
WHERE date_start <= date_end AND event_day NOT BETWEEN date_start AND date_end
UNION ALL
SELECT 'event_mention', event_mention_id, event_day, date_start, date_end
FROM event_mention
WHERE date_start <= date_end AND event_day NOT BETWEEN date_start AND date_end;
