-- Keep what robots.txt said.
INSERT OR REPLACE INTO robots BY NAME FROM batch;
