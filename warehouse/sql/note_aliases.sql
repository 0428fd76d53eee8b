-- Words that the batch names entities by: new ones, and how often known ones were written.
MERGE INTO entity_alias
USING (
    SELECT
        name_id, w.alias, n.entity_id, w.alias = n.first.name AS canonical, w.alias_key,
        CASE WHEN w.alias = n.first.name THEN n.block_key END AS block_key,
        n.first.article_id AS first_article_id, CAST(w.mention_count AS INTEGER) AS mention_count, $run_id AS run_id
    FROM written AS w
    JOIN named AS n USING (name_id)
) AS told
ON entity_alias.name_id = told.name_id AND entity_alias.alias = told.alias
WHEN MATCHED THEN UPDATE SET mention_count = entity_alias.mention_count + told.mention_count
WHEN NOT MATCHED THEN INSERT BY NAME;
