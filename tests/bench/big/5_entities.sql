-- Who was named in all stretches together, and what is counted of them.
CREATE OR REPLACE TEMP TABLE total AS
SELECT
    k, sum(times) AS times, min(first_at) AS first_at, max(last_at) AS last_at,
    arg_min(article_id, first_at) AS article_id, arg_min(run_id, first_at) AS run_id
FROM used
GROUP BY k;
INSERT INTO entity BY NAME
SELECT
    entity_id, name AS entity_name, kind, country, sector, first_at AS first_seen_at, last_at AS last_seen_at, run_id,
    standing.mentions, standing.articles
FROM total
JOIN someone USING (k)
LEFT JOIN (
    SELECT entity_id, count(*) AS mentions, count(DISTINCT article_id) AS articles
    FROM mention
    SEMI JOIN (FROM article WHERE is_latest) USING (article_id)
    GROUP BY entity_id
) AS standing USING (entity_id);
INSERT INTO entity_office
SELECT entity_id, office, count(*)
FROM mention
SEMI JOIN (FROM article WHERE is_latest) USING (article_id)
WHERE office IS NOT NULL
GROUP BY entity_id, office;
UPDATE article SET is_counted = is_latest;
INSERT INTO entity_alias BY NAME
SELECT
    entity_id AS name_id, name AS alias, entity_id, true AS canonical, lower(name) AS alias_key,
    kind || ':' || lower(name) AS block_key, article_id AS first_article_id, times AS mention_count, run_id
FROM total
JOIN someone USING (k);
