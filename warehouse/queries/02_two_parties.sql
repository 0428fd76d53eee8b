-- Who did what to whom between two parties, week by week, both ways?
-- Names are those of the view entities, else country and sector ("IRQ MIL"). Where both are actors (talks, clashes)
-- the row is mutual and has no direction. The scale runs from -10, conflict, to +10, cooperation.
SELECT
    CAST(date_trunc('week', event_day) AS DATE) AS week, actor, recipient, mutual,
    list(DISTINCT event_type ORDER BY event_type) AS did, sum(events) AS events, sum(reports) AS reports,
    round(sum(mean_scale * events) / sum(events), 1) AS scale
FROM dyads_daily
WHERE (actor, recipient) IN (('Bolivia', 'Chile'), ('Chile', 'Bolivia'))
GROUP BY ALL
ORDER BY week, actor, recipient, mutual;
