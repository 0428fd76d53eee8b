-- All labels that runs have loaded.
SELECT * FROM label ORDER BY labelled_at, label_id;
