-- Who told these stories, in the order of publication: the first, and all articles that stand.
SELECT
    t.story_id, t.published_at, t.minutes_after_first, t.relation, t.title, t.agency, t.url, t.article_id, t.copied_from, t.is_latest,
    row_number() OVER (PARTITION BY t.story_id ORDER BY t.relation <> 'first', t.published_at, t.article_id) AS place
FROM story_timeline AS t
WHERE list_contains(CAST($stories AS VARCHAR[]), t.story_id) AND (t.is_latest OR t.relation = 'first')
QUALIFY place <= $most
ORDER BY t.story_id, place;
