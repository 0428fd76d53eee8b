-- Give aliases their keys.
UPDATE entity_alias SET alias_key = batch.alias_key, block_key = batch.block_key
FROM batch
WHERE entity_alias.name_id = batch.name_id AND entity_alias.alias = batch.alias;
