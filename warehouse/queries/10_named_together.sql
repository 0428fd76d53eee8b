-- Who is named together with somebody?
-- In how many independent reports: ten copies of one text are one.
SELECT
    o.entity_name AS name, o.kind, o.country, count(DISTINCT s.origin_article_id) AS reports,
    count(DISTINCT s.article_id) AS articles, max(l.published_at) AS last_named
FROM entity AS e
JOIN mention AS m USING (entity_id)
JOIN latest_articles AS l USING (article_id)
JOIN story_article AS s USING (article_id)
JOIN mention AS n USING (article_id)
JOIN entity AS o ON o.entity_id = n.entity_id AND o.entity_id <> e.entity_id
WHERE e.entity_name = 'Alliance of the Ridge' AND o.kind IN ('PERSON', 'ORG')
GROUP BY o.entity_id, name, o.kind, o.country
ORDER BY reports DESC, articles DESC, name
LIMIT 6;
