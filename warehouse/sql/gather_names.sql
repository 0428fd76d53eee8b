-- The names of a batch, each once: as the first text that has it writes it, and the entity that it led to before.
CREATE OR REPLACE TEMP TABLE named AS
WITH told AS (  -- in the order of publication, not of the batch
    SELECT n.*, t.published_at, (t.turn << 32) + n.ordinal AS position
    FROM naming AS n
    JOIN telling AS t USING (article_id)
    WHERE n.count = 0  -- one row for each name of a text
),

once AS (
    SELECT
        n.name_id, min(n.position) AS position,
        arg_min({'name': n.name, 'country': n.country, 'known': n.known, 'article_id': n.article_id}, n.position) AS first,
        arg_min(n.block_key, n.position) AS block_key, arg_min(n.kind, n.position) AS kind,
        arg_min(n.country, n.position) AS country, arg_min(n.sector, n.position) AS sector,
        arg_min(n.known, n.position) AS known,
        min(n.published_at) AS first_seen_at, max(n.published_at) AS last_seen_at
    FROM told AS n
    GROUP BY n.name_id
),

led AS (
    SELECT name_id, min(entity_id) AS entity_id
    FROM entity_alias
    WHERE name_id IN (SELECT name_id FROM once)
    GROUP BY name_id
)

SELECT once.*, led.entity_id
FROM once
LEFT JOIN led USING (name_id);

-- How they are written; the canonical form among them, should no text have it.
CREATE OR REPLACE TEMP TABLE written AS
SELECT w.name_id, w.alias, min(w.alias_key) AS alias_key, sum(w.count) AS mention_count
FROM naming AS w
JOIN named AS n USING (name_id)
GROUP BY w.name_id, w.alias
HAVING mention_count > 0 OR bool_or(w.alias = n.first.name);
