-- What grouping keeps of an article means one that is there, and superseded texts are there, too.
WITH kept AS (
    SELECT 'article_band' AS table_name, article_id FROM article_band
    UNION ALL SELECT 'article_term', article_id FROM article_term
    UNION ALL SELECT 'article_pair', article_id FROM article_pair
    UNION ALL SELECT 'article_pair', other_article_id FROM article_pair
    UNION ALL SELECT 'story_article', article_id FROM story_article
    UNION ALL SELECT 'article', supersedes FROM article WHERE supersedes IS NOT NULL
    UNION ALL SELECT 'entity_alias', first_article_id FROM entity_alias
)
SELECT DISTINCT kept.* FROM kept ANTI JOIN article USING (article_id);
