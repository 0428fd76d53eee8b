-- Titles and offices that stand beside an entity's names, the most frequent first.
SELECT office AS words, mentions FROM entity_office WHERE entity_id = $id ORDER BY mentions DESC, words;
