-- A month of a country.
SELECT * FROM event_feed WHERE country = 'IRQ' AND reported_on >= getvariable('month') ORDER BY reported_on DESC;
