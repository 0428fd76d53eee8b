-- The twenty bodies named most.
SELECT entity_name, aliases, articles FROM entities WHERE kind = 'ORG' ORDER BY articles DESC LIMIT 20;
