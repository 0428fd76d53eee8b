-- How many died, by country and week, and who says so?
-- An event counts once, from the least to the greatest figure that its reports give; 30+ where one says "at least".
-- What is dated to a month or year alone is in no week. Where the country is NULL the place is one that no gazetteer
-- has: a condition on the country leaves it out.
WITH toll AS (
    SELECT
        event_id, country, CAST(date_trunc('week', event_day) AS DATE) AS week, min(toll_low) AS low,
        at_most(toll_low, toll_high) AS high, list(DISTINCT coalesce(attribution, agency, url)) AS says
    FROM casualties
    WHERE fate = 'killed' AND coalesce(date_precision, 'day') IN ('day', 'week')
    GROUP BY ALL
)
SELECT
    country, week, in_numbers(sum(low), sum_at_most(low, high)) AS killed, count(*) AS events,
    list_sort(list_distinct(flatten(list(says)))) AS says
FROM toll
GROUP BY country, week
ORDER BY week DESC, sum(low) DESC, country
LIMIT 5;
