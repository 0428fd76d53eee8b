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
INSERT INTO entity_office BY NAME
SELECT entity_id, office, count(*) AS mentions, max(run_id) AS run_id
FROM mention
SEMI JOIN (FROM article WHERE is_latest) USING (article_id)
WHERE office IS NOT NULL
GROUP BY entity_id, office;
UPDATE article SET is_counted = is_latest;
INSERT INTO entity_day BY NAME
SELECT
    m.entity_id, day_of_report(a.published_at, a.loaded_at) AS named_on,
    count(DISTINCT s.origin_article_id) AS report_count, max(s.run_id) AS run_id
FROM mention AS m
JOIN article AS a USING (article_id)
JOIN story_article AS s USING (article_id)
WHERE a.is_counted AND m.entity_id IS NOT NULL
GROUP BY ALL
ORDER BY named_on;
INSERT INTO entity_alias BY NAME
SELECT
    entity_id AS name_id, name AS alias, entity_id, true AS canonical, lower(name) AS alias_key,
    kind || ':' || lower(name) AS block_key, article_id AS first_article_id, times AS mention_count, run_id
FROM total
JOIN someone USING (k);
