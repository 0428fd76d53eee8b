-- Who is named more than usual.
SELECT entity_name, reports_today, reports_usual FROM entity_trend ORDER BY surprise DESC LIMIT 20;
