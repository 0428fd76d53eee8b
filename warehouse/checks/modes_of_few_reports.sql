-- An event's mode is one that half of its independent reports or more tell, the sentences of each sharing its voice; where
-- no mode is told by so many it has none.
WITH told AS (
    SELECT
        m.event_id, m.mode, s.origin_article_id,
        1 / count(*) OVER (PARTITION BY m.event_id, s.origin_article_id) AS voice
    FROM event_mention AS m
    JOIN article AS a USING (article_id)
    JOIN story_article AS s USING (article_id)
    WHERE a.is_latest AND m.event_id IS NOT NULL
), heard AS (
    SELECT event_id, count(DISTINCT origin_article_id) AS reports FROM told GROUP BY event_id
), voices AS (
    SELECT event_id, mode, round(sum(voice), 6) AS reports FROM told WHERE mode IS NOT NULL GROUP BY event_id, mode
), fit AS (
    SELECT v.event_id, list(v.mode) AS modes
    FROM voices AS v
    JOIN heard AS h USING (event_id)
    WHERE 2 * v.reports >= h.reports
    GROUP BY v.event_id
)
SELECT e.event_id, e.event_type, e.mode, f.modes AS told_by_half
FROM event AS e
JOIN heard AS h USING (event_id)
LEFT JOIN fit AS f USING (event_id)
WHERE (e.mode IS NULL) <> (f.modes IS NULL) OR NOT list_contains(f.modes, e.mode);
