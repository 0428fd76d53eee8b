-- Names of the batch that never led anywhere, in the order in which they come up, as their first text has them.
SELECT name_id, first.name AS name, kind, first.country AS country, first.known AS known
FROM named
WHERE entity_id IS NULL
ORDER BY position;
