-- What these articles wrote is counted anew. A mention does not say by which of its entity's names it was led there: where
-- several names have the same alias, their counts are used up one after the other, so that the alias's sum is right.
UPDATE entity_alias SET mention_count = mention_count - told.times
FROM (
    SELECT
        a.name_id, a.alias,
        greatest(least(a.mention_count, t.times - coalesce(sum(a.mention_count) OVER earlier, 0)), 0)::INTEGER AS times
    FROM entity_alias AS a
    JOIN (
        SELECT entity_id, mention_text, count(*) AS times
        FROM mention
        WHERE article_id IN (SELECT article_id FROM batch) AND entity_id IS NOT NULL
        GROUP BY entity_id, mention_text
    ) AS t ON t.entity_id = a.entity_id AND t.mention_text = a.alias
    WINDOW earlier AS (
        PARTITION BY a.entity_id, a.alias ORDER BY a.name_id
        ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
    )
) AS told
WHERE entity_alias.name_id = told.name_id AND entity_alias.alias = told.alias AND told.times > 0;
