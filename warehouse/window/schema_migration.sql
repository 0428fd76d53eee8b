-- All: there are few.
SELECT * FROM whole.schema_migration;
