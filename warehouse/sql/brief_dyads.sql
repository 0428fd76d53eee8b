-- Who did what to whom, by entity, else by country and sector, as the view dyads_daily has it.
WITH sides AS (
    SELECT
        number, event_type, quad, killed_low, killed_high,
        CASE WHEN len(actor_ids) > 0 THEN actor_ids
             WHEN coalesce(actor_country, actor_sector) IS NULL THEN []
             ELSE [concat_ws(' ', actor_country, actor_sector)] END AS actor_ids,
        CASE WHEN len(recipient_ids) > 0 THEN recipient_ids
             WHEN coalesce(recipient_country, recipient_sector) IS NULL THEN []
             ELSE [concat_ws(' ', recipient_country, recipient_sector)] END AS recipient_ids,
        len(recipients) = 0 AND len(recipient_ids) = 0 AS mutual
    FROM brief_event
), pairs AS (
    SELECT
        *, unnest(CASE WHEN mutual THEN list_filter(actor_ids, lambda other: other > actor_id) ELSE recipient_ids END)
            AS recipient_id
    FROM (SELECT *, unnest(actor_ids) AS actor_id FROM sides)
)
SELECT
    coalesce(a.entity_name, p.actor_id) AS actor, coalesce(r.entity_name, p.recipient_id) AS recipient, p.mutual,
    count(*) AS events, count(*) FILTER (p.quad >= 3) AS conflict, list_sort(list_distinct(list(p.event_type))) AS types,
    in_numbers(CAST(sum(p.killed_low) AS BIGINT), sum_at_most(p.killed_low, p.killed_high)) AS killed,
    count(p.killed_low) AS deadly, list_sort(list(p.number) FILTER (p.number IS NOT NULL))[:$refs] AS numbers,
    list_sort(list(p.number) FILTER (p.number IS NOT NULL AND p.quad >= 3))[:$refs] AS conflict_numbers,
    list_sort(list(p.number) FILTER (p.number IS NOT NULL AND p.killed_low IS NOT NULL))[:$refs] AS deadly_numbers
FROM pairs AS p
LEFT JOIN entity AS a ON a.entity_id = p.actor_id
LEFT JOIN entity AS r ON r.entity_id = p.recipient_id
GROUP BY p.actor_id, a.entity_name, p.recipient_id, r.entity_name, p.mutual
ORDER BY events DESC, conflict DESC, actor, recipient
LIMIT $rows;
