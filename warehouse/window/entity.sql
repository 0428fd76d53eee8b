-- Who is named in the articles that stay, and how often those that stand do.
SELECT e.* REPLACE (
    CASE WHEN e.mentions IS NOT NULL THEN coalesce(n.mentions, 0) END AS mentions,
    CASE WHEN e.articles IS NOT NULL THEN coalesce(n.articles, 0) END AS articles
)
FROM whole.entity AS e
LEFT JOIN (
    SELECT m.entity_id, count(*) AS mentions, count(DISTINCT m.article_id) AS articles
    FROM whole.mention AS m
    JOIN whole.article AS a USING (article_id)
    SEMI JOIN kept USING (article_id)
    WHERE a.is_counted
    GROUP BY m.entity_id
) AS n USING (entity_id)
WHERE e.entity_id IN (
    SELECT entity_id FROM whole.mention SEMI JOIN kept USING (article_id)
    UNION
    SELECT p.entity_id
    FROM whole.event_participant AS p
    JOIN whole.event_mention AS m USING (event_mention_id)
    SEMI JOIN kept USING (article_id)
);
