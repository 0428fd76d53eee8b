-- Places are entities by their gazetteer's id: two towns of one name are two.

COMMENT ON COLUMN entity.known IS 'Its id in the lexicon of actors, or in the gazetteer (geonames:95446); NULL when it is in neither.';
