-- All: there are few.
SELECT * FROM whole.backfill_file;
