-- Entities that articles name so, or by a name that holds these words. A few more than a person reads are enough.
WITH fit AS (
    SELECT entity_id, CAST(sum(mention_count) AS BIGINT) AS written
    FROM entity_alias
    WHERE CASE WHEN $is_exact THEN alias_key = $key ELSE contains(concat(' ', alias_key, ' '), concat(' ', $key, ' ')) END
    GROUP BY entity_id
)
SELECT
    e.entity_id, e.entity_name, e.kind, e.country, e.sector, e.known, coalesce(e.articles, 0) AS articles, f.written,
    e.last_seen_at
FROM entity AS e
JOIN fit AS f USING (entity_id)
ORDER BY articles DESC, f.written DESC, e.entity_name, e.entity_id
LIMIT 50;
