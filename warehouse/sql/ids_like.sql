-- What an id, or the beginning of one, may stand for, of the kinds that are wanted; a few more than one are enough.
SELECT kind, id
FROM (
    SELECT DISTINCT 'event' AS kind, event_id AS id FROM event_mention WHERE starts_with(event_id, $prefix)
    UNION ALL
    SELECT 'event mention', event_mention_id FROM event_mention WHERE starts_with(event_mention_id, $prefix)
    UNION ALL
    SELECT 'article', article_id FROM article WHERE starts_with(article_id, $prefix)
    UNION ALL
    SELECT 'story', story_id FROM story WHERE starts_with(story_id, $prefix)
    UNION ALL
    SELECT 'entity', entity_id FROM entity WHERE starts_with(entity_id, $prefix)
)
WHERE list_contains(CAST($kinds AS VARCHAR[]), kind)
ORDER BY id = $prefix DESC, kind, id
LIMIT 6;
