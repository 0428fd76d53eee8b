-- Entities that the batch names: new ones, and when known ones were named. What was known of them stays.
MERGE INTO entity
USING batch
ON entity.entity_id = batch.entity_id
WHEN MATCHED THEN UPDATE SET
    country = coalesce(entity.country, batch.country),
    sector = coalesce(entity.sector, batch.sector),
    known = coalesce(entity.known, batch.known),
    first_seen_at = least(entity.first_seen_at, batch.first_seen_at),
    last_seen_at = greatest(entity.last_seen_at, batch.last_seen_at)
WHEN NOT MATCHED THEN INSERT BY NAME;
