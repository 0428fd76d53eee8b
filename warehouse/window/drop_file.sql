-- All: there are few.
SELECT * FROM whole.drop_file;
