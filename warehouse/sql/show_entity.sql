-- Who or what an entity is.
SELECT
    entity_id, entity_name, kind, country, sector, known, first_seen_at, last_seen_at,
    coalesce(mentions, 0) AS mentions, coalesce(articles, 0) AS articles
FROM entity
WHERE entity_id = $id;
