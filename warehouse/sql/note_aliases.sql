-- Words that the batch names entities by: new ones, and how often known ones were written.
MERGE INTO entity_alias
USING batch
ON entity_alias.name_id = batch.name_id AND entity_alias.alias = batch.alias
WHEN MATCHED THEN UPDATE SET mention_count = entity_alias.mention_count + batch.mention_count
WHEN NOT MATCHED THEN INSERT BY NAME;
