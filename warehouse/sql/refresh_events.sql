-- Events as their reports in the latest articles now make them; an event that nobody reports any more is gone.
DELETE FROM event WHERE event_id IN (SELECT event_id FROM touched);

INSERT INTO event BY NAME
WITH told AS (
    SELECT f.*, row_number() OVER (
        PARTITION BY f.event_id
        ORDER BY f.confidence DESC, f.reported_on NULLS LAST, f.event_mention_id
    ) AS rank
    FROM event_feed AS f
    WHERE f.event_id IN (SELECT event_id FROM touched)
), sums AS (
    SELECT
        event_id, mode(mode) AS mode, min(date_start) AS date_start, max(date_end) AS date_end,
        min(reported_on) AS reported_on,
        min(killed_low) AS killed_low, max(coalesce(killed_high, killed_low)) AS killed_high,
        min(wounded_low) AS wounded_low, max(coalesce(wounded_high, wounded_low)) AS wounded_high,
        min(arrested_low) AS arrested_low, max(coalesce(arrested_high, arrested_low)) AS arrested_high,
        count(*) AS mention_count, count(DISTINCT article_id) AS article_count,
        count(DISTINCT story_id) AS story_count
    FROM told
    GROUP BY event_id
)
SELECT
    t.event_id, t.event_type, s.mode, t.quad, t.scale,
    t.actors, t.actor_country, t.actor_sector, t.recipients, t.recipient_country, t.recipient_sector,
    t.place_name, l.geonameid, t.latitude, t.longitude, t.country, t.admin1, t.feature,
    s.date_start, s.date_end, s.reported_on,
    s.killed_low, s.killed_high, s.wounded_low, s.wounded_high, s.arrested_low, s.arrested_high,
    s.mention_count, s.article_count, s.story_count, t.confidence,
    t.event_mention_id AS lead_event_mention_id
FROM told AS t
JOIN sums AS s USING (event_id)
JOIN event_mention AS m USING (event_mention_id)
LEFT JOIN place AS l USING (place_id)
WHERE t.rank = 1;

DROP TABLE touched;
