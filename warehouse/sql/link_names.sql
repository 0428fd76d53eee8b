-- New names lead to the entities that were found for them.
UPDATE named SET entity_id = link.entity_id
FROM link
WHERE named.name_id = link.name_id;
