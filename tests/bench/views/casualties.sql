-- The dead of a country in a month, by report.
SELECT * FROM casualties WHERE country = 'IRQ' AND event_day >= getvariable('month') AND fate = 'killed' ORDER BY event_day;
