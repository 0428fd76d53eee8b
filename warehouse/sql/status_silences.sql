-- How long each feed that is switched on has shown nothing new, up to its last good poll, and what is usual with it: the
-- longest silence of each of the last 12 weeks (nights, weekends), of which the middle one and the longest; in seconds.
-- A feed that was paused is silent from when it is watched again.
WITH arrival AS (
    SELECT feed_id, epoch_ms(first_seen_at) AS arrived_ms
    FROM entry
    WHERE first_seen_at BETWEEN $now - INTERVAL 84 DAY AND $now AND feed_id IN (SELECT feed_id FROM feed WHERE enabled)
), silence AS (
    SELECT
        feed_id, arrived_ms // (7 * 86400000) AS week,
        (arrived_ms - lag(arrived_ms) OVER (PARTITION BY feed_id ORDER BY arrived_ms)) / 1000 AS seconds
    FROM arrival
), weekly AS (
    SELECT feed_id, week, max(seconds) AS longest FROM silence GROUP BY feed_id, week HAVING max(seconds) >= 60
), habit AS (
    SELECT feed_id, count(*) AS weeks, median(longest) AS usual_seconds, max(longest) AS longest_seconds
    FROM weekly
    GROUP BY feed_id
), last_one AS (
    SELECT feed_id, make_timestamptz(max(arrived_ms) * 1000) AS arrived_at FROM arrival GROUP BY feed_id
), asked AS (
    SELECT feed_id, max(polled_at) AS asked_at
    FROM poll
    WHERE outcome <> 'failed' AND polled_at BETWEEN $now - INTERVAL 84 DAY AND $now
    GROUP BY feed_id
)
SELECT
    habit.feed_id, habit.weeks, habit.usual_seconds, habit.longest_seconds,
    greatest(0, epoch(asked.asked_at - greatest(last_one.arrived_at, feed.watched_since))) AS silent_seconds
FROM habit
JOIN last_one USING (feed_id)
JOIN asked USING (feed_id)
JOIN feed USING (feed_id)
ORDER BY habit.feed_id;
