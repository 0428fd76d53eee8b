-- Types and days of the event mentions that wait.
SELECT DISTINCT event_type, event_day FROM touched;
