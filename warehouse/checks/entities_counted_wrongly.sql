-- An entity's counts are those of its mentions in articles that are counted; once grouped, an article that stands is.
WITH told AS (
    SELECT m.entity_id, count(*) AS mentions, count(DISTINCT m.article_id) AS articles, count(m.office) AS with_office
    FROM mention AS m
    JOIN article AS a USING (article_id)
    WHERE a.is_counted
    GROUP BY m.entity_id
), titled AS (
    SELECT entity_id, sum(mentions) AS with_office FROM entity_office GROUP BY entity_id
)
SELECT
    e.entity_id, e.mentions, e.articles, o.with_office,
    t.mentions AS mentions_there, t.articles AS articles_there, t.with_office AS with_office_there
FROM entity AS e
LEFT JOIN told AS t USING (entity_id)
LEFT JOIN titled AS o USING (entity_id)
WHERE (coalesce(e.mentions, 0), coalesce(e.articles, 0), coalesce(o.with_office, 0))
   <> (coalesce(t.mentions, 0), coalesce(t.articles, 0), coalesce(t.with_office, 0));
