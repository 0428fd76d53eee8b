-- Who is named more than usual on the last day, with the events that are shown. One report alone is no rise: of a wire
-- of few reports a day that is everybody.
WITH rising AS (
    SELECT * FROM entity_trend
    WHERE surprise > 0 AND reports_today > 1
      AND (len(CAST($countries AS VARCHAR[])) = 0 OR list_contains(CAST($countries AS VARCHAR[]), country))
    ORDER BY surprise DESC, reports_today DESC, entity_name
    LIMIT $rows
), behind AS (
    SELECT entity_id, list_sort(list(DISTINCT number))[:$refs] AS numbers
    FROM (SELECT number, unnest(list_concat(actor_ids, recipient_ids)) AS entity_id FROM brief_shown)
    GROUP BY entity_id
)
SELECT
    r.entity_name, r.kind, r.country, r.today, r.reports_today, r.reports_usual, r.times_usual,
    coalesce(b.numbers, []) AS numbers
FROM rising AS r
LEFT JOIN behind AS b USING (entity_id)
ORDER BY r.surprise DESC, r.reports_today DESC, r.entity_name;
