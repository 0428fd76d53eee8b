-- Entities that the batch names: new ones, and when known ones were named. What was known of them stays.
MERGE INTO entity
USING (
    SELECT
        entity_id, arg_min(first.name, position) AS entity_name, arg_min(kind, position) AS kind,
        arg_min(country, position) AS country, arg_min(sector, position) AS sector, arg_min(known, position) AS known,
        min(first_seen_at) AS first_seen_at, max(last_seen_at) AS last_seen_at, $run_id AS run_id
    FROM named
    GROUP BY entity_id
) AS told
ON entity.entity_id = told.entity_id
WHEN MATCHED THEN UPDATE SET
    country = coalesce(entity.country, told.country),
    sector = coalesce(entity.sector, told.sector),
    known = coalesce(entity.known, told.known),
    first_seen_at = least(entity.first_seen_at, told.first_seen_at),
    last_seen_at = greatest(entity.last_seen_at, told.last_seen_at)
WHEN NOT MATCHED THEN INSERT BY NAME;
