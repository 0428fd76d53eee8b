-- The entity of that whole id, or of that id in the lexicon of actors or in the gazetteer (geonames:95446).
SELECT entity_id FROM entity WHERE entity_id = $wanted OR known = $wanted LIMIT 1;
