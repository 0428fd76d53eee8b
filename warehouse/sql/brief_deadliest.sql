-- The deadliest of the events that are shown.
SELECT event_id
FROM brief_shown
WHERE coalesce(killed_low, wounded_low, arrested_low, captured_low, displaced_low) IS NOT NULL
ORDER BY coalesce(killed_high, killed_low) DESC NULLS LAST, number
LIMIT $rows;
