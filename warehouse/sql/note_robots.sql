-- Keep what robots.txt said.
MERGE INTO robots
USING batch
ON robots.origin = batch.origin
WHEN MATCHED THEN UPDATE BY NAME
WHEN NOT MATCHED THEN INSERT BY NAME;
