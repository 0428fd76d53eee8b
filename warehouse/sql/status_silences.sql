-- How long each feed that is switched on has shown nothing new, up to its last good poll, and what is usual with it: the
-- longest silence of each of the last 12 weeks (nights, weekends), of which the middle one and the longest; in seconds.
-- What one poll found came at one moment. A feed that was paused is silent from when it is watched again.
WITH arrival AS (
    SELECT DISTINCT e.feed_id, date_trunc('minute', e.first_seen_at) AS arrived_at
    FROM entry AS e
    WHERE e.first_seen_at BETWEEN $now - INTERVAL 84 DAY AND $now
      AND e.feed_id IN (SELECT feed_id FROM feed WHERE enabled)
), silence AS (
    SELECT
        feed_id, arrived_at,
        epoch(arrived_at - lag(arrived_at) OVER (PARTITION BY feed_id ORDER BY arrived_at)) AS seconds
    FROM arrival
), weekly AS (
    SELECT feed_id, floor(epoch(arrived_at) / 604800) AS week, max(seconds) AS longest
    FROM silence
    WHERE seconds IS NOT NULL
    GROUP BY ALL
), habit AS (
    SELECT feed_id, count(*) AS weeks, median(longest) AS usual_seconds, max(longest) AS longest_seconds
    FROM weekly
    GROUP BY feed_id
), last_one AS (
    SELECT feed_id, max(arrived_at) AS arrived_at FROM arrival GROUP BY feed_id
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
