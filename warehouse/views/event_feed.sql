-- Who did what to whom, where, when: one row an event, with the sentence, article and address of its fullest report.
--   FROM event_feed WHERE country = 'IRQ' AND event_day >= DATE '2026-11-01' ORDER BY event_day DESC;

-- A day that is given for a time from date_start to date_end, or the day of that time that is nearest to it: of "last
-- October", told in November, the 31st. By this, event_day is set. Without dates: the day.
CREATE OR REPLACE MACRO day_within(given, date_start, date_end) AS
    least(greatest(given, date_start), date_end);

-- Kilometres between two points, in degrees of WGS 84, on a sphere: half a percent off at most. Ask it of what is placed
-- to a town or better (place_precision 'point' or 'city').
CREATE OR REPLACE MACRO distance_km(latitude, longitude, other_latitude, other_longitude) AS
    2 * 6371.0088 * asin(sqrt(least(1,
        power(sin(radians(other_latitude - latitude) / 2), 2)
        + cos(radians(latitude)) * cos(radians(other_latitude))
            * power(sin(radians(other_longitude - longitude) / 2), 2)
    )));

CREATE OR REPLACE VIEW event_feed AS
SELECT
    e.event_id, e.event_day, e.event_type, e.mode, e.quad, e.scale,
    e.actors, e.actor_country, e.actor_sector, e.recipients, e.recipient_country, e.recipient_sector,
    e.place_name, e.admin1, e.country, e.latitude, e.longitude, e.place_precision, e.feature, e.geonameid,
    e.date_start, e.date_end, e.date_precision, e.reported_on, e.first_reported_at, e.last_reported_at,
    e.killed_low, e.killed_high, e.wounded_low, e.wounded_high, e.arrested_low, e.arrested_high,
    e.captured_low, e.captured_high, e.displaced_low, e.displaced_high,
    e.mention_count, e.article_count, e.report_count, e.story_count, e.agencies, e.confidence,
    m.sentence_text, m.trigger_text, m.attribution, m.speech, m.rule,
    a.title, a.agency, a.url, m.article_id, sa.story_id, e.lead_event_mention_id, e.actor_ids, e.recipient_ids
FROM event AS e
LEFT JOIN event_mention AS m ON m.event_mention_id = e.lead_event_mention_id
LEFT JOIN article AS a ON a.article_id = m.article_id
LEFT JOIN story_article AS sa ON sa.article_id = m.article_id;
COMMENT ON VIEW event_feed IS 'Who did what to whom, where, when: one row an event, with the sentence, article and address of its fullest report.';
