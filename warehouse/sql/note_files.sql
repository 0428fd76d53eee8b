-- Files that have been read now, whether or not anything could be made of them.
INSERT OR REPLACE INTO drop_file BY NAME FROM batch;
