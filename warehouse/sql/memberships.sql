-- What is known of these articles, and the story that each is in.
SELECT
    a.article_id, a.published_at, a.supersedes,
    CAST(coalesce(a.published_at, a.loaded_at) AT TIME ZONE 'UTC' AS DATE) AS grouped_on,
    sa.story_id, sa.relation, sa.similarity, sa.copied_from, sa.origin_article_id
FROM batch
JOIN article AS a USING (article_id)
LEFT JOIN story_article AS sa USING (article_id);
