-- Types and days of the event mentions that wait.
SELECT DISTINCT event_type, grouped_on FROM touched;
