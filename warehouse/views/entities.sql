-- Who or what is named: one row an entity, with the words it is named by and how often the latest articles do.
--   SELECT entity_name, aliases, articles FROM entities WHERE kind = 'ORG' ORDER BY articles DESC LIMIT 20;
CREATE OR REPLACE VIEW entities AS
WITH called AS ( -- a list is sorted when it is whole: an ordered aggregate takes five times as long
    SELECT entity_id, list_transform(list_sort(list({'seldom': -written, 'alias': alias})), lambda a: a.alias) AS aliases
    FROM (SELECT entity_id, alias, sum(mention_count) AS written FROM entity_alias GROUP BY entity_id, alias)
    GROUP BY entity_id
), titled AS (
    SELECT entity_id, arg_min(office, (-mentions, office)) AS usual_office FROM entity_office GROUP BY entity_id
)
SELECT
    e.entity_id, e.entity_name, e.kind, e.country, e.sector, t.usual_office, c.aliases,
    coalesce(e.mentions, 0) AS mentions, coalesce(e.articles, 0) AS articles,
    e.first_seen_at, e.last_seen_at, e.known
FROM entity AS e
LEFT JOIN titled AS t USING (entity_id)
LEFT JOIN called AS c USING (entity_id);
COMMENT ON VIEW entities IS 'Who or what is named: one row an entity, with the words it is named by and how often the latest articles do.';
COMMENT ON COLUMN entities.usual_office IS 'Title or office that most often stands beside the name.';
COMMENT ON COLUMN entities.aliases IS 'The words that it is named by, the most frequent first.';
COMMENT ON COLUMN entities.mentions IS 'Mentions in articles that stand.';
COMMENT ON COLUMN entities.articles IS 'Articles that stand and name it.';
