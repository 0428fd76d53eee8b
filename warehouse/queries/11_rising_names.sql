-- Whose names rise against their habit of four weeks?
-- Independent reports of the archive's last day beside the mean of the 28 days before; NULL times usual: not named
-- then. "Surprise" is in standard deviations.
SELECT
    entity_name AS name, kind, country, today, reports_today AS reports, round(reports_usual, 2) AS usual,
    round(times_usual, 1) AS times_usual, round(surprise, 1) AS surprise
FROM entity_trend
WHERE kind IN ('PERSON', 'ORG')
ORDER BY surprise DESC NULLS LAST, reports DESC, name
LIMIT 4;
