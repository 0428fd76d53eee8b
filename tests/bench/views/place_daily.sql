-- Where a country's conflicts of a month were.
SELECT place_name, sum(conflicts) FROM place_daily WHERE country = 'NGA' AND event_day >= getvariable('month') GROUP BY ALL ORDER BY 2 DESC;
