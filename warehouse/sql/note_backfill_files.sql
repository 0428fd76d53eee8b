-- How far files of archives have been read now.
INSERT OR REPLACE INTO backfill_file BY NAME FROM batch;
