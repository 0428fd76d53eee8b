-- By which words articles name an entity, the most frequent first.
SELECT alias AS words, CAST(sum(mention_count) AS BIGINT) AS mentions
FROM entity_alias
WHERE entity_id = $id
GROUP BY alias
ORDER BY mentions DESC, words;
