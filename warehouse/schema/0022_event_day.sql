-- What the day of an event is where no report tells one.

COMMENT ON COLUMN event.event_day IS 'Day that it is counted to, UTC. As the report has it that dates the event most narrowly, within date_start to date_end; where these are NULL no text tells a day, and it is that of publication or loading.';
