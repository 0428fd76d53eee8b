-- Which feeds bring what no other feed has?
-- Of the events of the last four weeks that a feed tells of, those that no other feed's article tells, and the
-- fighting among them.
WITH told AS (
    SELECT DISTINCT feed_id, event_id, quad
    FROM provenance JOIN event USING (event_id)
    WHERE is_latest AND reported_on > (SELECT least(max(reported_on), current_date) FROM event) - 28
), counted AS (
    SELECT *, count(*) OVER (PARTITION BY event_id) AS feeds FROM told
)
SELECT
    feed_id, count(*) AS events, count(*) FILTER (feeds = 1) AS only_here,
    round(100 * only_here / events) AS percent, count(*) FILTER (feeds = 1 AND quad = 4) AS fighting_only_here
FROM counted
GROUP BY feed_id
ORDER BY only_here DESC, feed_id;
