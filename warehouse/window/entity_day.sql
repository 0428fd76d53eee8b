-- The days of the window, all of whose articles stay.
SELECT * FROM whole.entity_day WHERE named_on >= getvariable('since');
