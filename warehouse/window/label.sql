-- All: there are few.
SELECT * FROM whole.label;
