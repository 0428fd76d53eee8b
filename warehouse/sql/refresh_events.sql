-- Events as their reports in articles that stand now make them. One that comes out as it was keeps its row, and with it
-- the run that made it so; an event that nobody reports any more is gone.
-- Its mode is one that stands for half of the independent reports or more. Each has one voice, which its sentences (and
-- those of its copies) share: a text that tells once of a clash, twice of fighting and once of a capture says a quarter
-- "abduct" and three quarters nothing, so that its event has no mode.
CREATE OR REPLACE TEMP TABLE changed AS
SELECT event_id FROM touched WHERE event_id IS NOT NULL
UNION
SELECT m.event_id FROM touched JOIN event_mention AS m USING (event_mention_id) WHERE m.event_id IS NOT NULL
UNION
SELECT event_id_before FROM relinked WHERE event_id_before IS NOT NULL
UNION
SELECT event_id FROM relinked WHERE event_id IS NOT NULL;

CREATE OR REPLACE TEMP TABLE made AS
WITH reports AS (
    SELECT
        m.*, a.agency, a.published_at, sa.story_id, sa.origin_article_id,
        l.place_name, l.geonameid, l.latitude, l.longitude, l.country, l.admin1, l.feature, l.place_precision
    FROM event_mention AS m
    JOIN article AS a USING (article_id)
    JOIN story_article AS sa USING (article_id)
    LEFT JOIN place AS l USING (place_id)
    WHERE m.event_id IN (SELECT event_id FROM changed) AND a.is_latest
), sides AS (
    SELECT
        event_mention_id,
        coalesce(list(participant_text ORDER BY ordinal) FILTER (role = 'actor'), []) AS actors,
        coalesce(list(participant_text ORDER BY ordinal) FILTER (role = 'recipient'), []) AS recipients,
        list(entity_id ORDER BY ordinal) FILTER (role = 'actor' AND entity_id IS NOT NULL) AS actor_ids,
        list(entity_id ORDER BY ordinal) FILTER (role = 'recipient' AND entity_id IS NOT NULL) AS recipient_ids,
        arg_min(country, ordinal) FILTER (role = 'actor') AS actor_country,
        arg_min(sector, ordinal) FILTER (role = 'actor') AS actor_sector,
        arg_min(country, ordinal) FILTER (role = 'recipient') AS recipient_country,
        arg_min(sector, ordinal) FILTER (role = 'recipient') AS recipient_sector
    FROM event_participant
    WHERE event_mention_id IN (SELECT event_mention_id FROM reports)
    GROUP BY event_mention_id
), told AS (
    SELECT r.*, s.* EXCLUDE (event_mention_id), row_number() OVER (
        PARTITION BY r.event_id
        ORDER BY
            (coalesce(len(s.actors), 0) > 0)::TINYINT + (coalesce(len(s.recipients), 0) > 0)::TINYINT
                + (r.geonameid IS NOT NULL)::TINYINT + (coalesce(
                    r.killed_low, r.wounded_low, r.arrested_low, r.captured_low, r.displaced_low
                ) IS NOT NULL)::TINYINT DESC,
            r.confidence DESC, r.published_at NULLS LAST, r.event_mention_id
    ) AS rank,
    1 / count(*) OVER (PARTITION BY r.event_id, r.origin_article_id) AS voice
    FROM reports AS r
    LEFT JOIN sides AS s USING (event_mention_id)
), sums AS (
    SELECT
        event_id,
        list_sort(list_distinct(flatten(list(actor_ids) FILTER (actor_ids IS NOT NULL)))) AS actor_ids,
        list_sort(list_distinct(flatten(list(recipient_ids) FILTER (recipient_ids IS NOT NULL)))) AS recipient_ids,
        arg_min({
            event_day: event_day, date_start: date_start, date_end: date_end, date_precision: date_precision
        }, (date_end IS NULL, date_end - date_start, date_start, event_day, event_mention_id)) AS dated,
        min(published_at) AS first_reported_at, max(published_at) AS last_reported_at,
        min(killed_low) AS killed_low, at_most(killed_low, killed_high) AS killed_high,
        min(wounded_low) AS wounded_low, at_most(wounded_low, wounded_high) AS wounded_high,
        min(arrested_low) AS arrested_low, at_most(arrested_low, arrested_high) AS arrested_high,
        min(captured_low) AS captured_low, at_most(captured_low, captured_high) AS captured_high,
        min(displaced_low) AS displaced_low, at_most(displaced_low, displaced_high) AS displaced_high,
        max(confidence) AS confidence,
        count(*) AS mention_count, count(DISTINCT article_id) AS article_count,
        count(DISTINCT origin_article_id) AS report_count, count(DISTINCT story_id) AS story_count,
        arg_min({
            place_name: place_name, geonameid: geonameid, latitude: latitude, longitude: longitude, country: country,
            admin1: admin1, feature: feature, place_precision: place_precision
        }, (
            coalesce(list_position(['point', 'city', 'admin2', 'admin1', 'country', 'region'], place_precision), 9), rank
        )) FILTER (place_id IS NOT NULL) AS spot
    FROM told
    GROUP BY event_id
), named AS ( -- one agency by one name, the commonest in the articles that tell of it
    SELECT event_id, list(agency ORDER BY agency) AS agencies
    FROM (
        SELECT event_id, arg_min(agency, (-articles, agency)) AS agency
        FROM (SELECT event_id, agency, count(DISTINCT article_id) AS articles FROM told GROUP BY event_id, agency)
        WHERE agency IS NOT NULL
        GROUP BY event_id, agency_key(agency)
    )
    GROUP BY event_id
), spoken AS (
    SELECT event_id, mode, round(sum(voice), 6) AS voices FROM told WHERE mode IS NOT NULL GROUP BY event_id, mode
), agreed AS (
    SELECT event_id, arg_max(p.mode, (p.voices, p.mode)) FILTER (2 * p.voices >= s.report_count) AS mode
    FROM sums AS s
    LEFT JOIN spoken AS p USING (event_id)
    GROUP BY event_id
), scaled AS ( -- where no sentence has just that mode or none, the fullest report's scale must do
    SELECT event_id, a.mode, min(t.scale) FILTER (t.mode IS NOT DISTINCT FROM a.mode) AS scale
    FROM told AS t
    JOIN agreed AS a USING (event_id)
    GROUP BY event_id, a.mode
)
SELECT
    t.event_id, t.event_type, g.mode, t.quad, coalesce(g.scale, t.scale) AS scale,
    coalesce(t.actors, []) AS actors, coalesce(s.actor_ids, []) AS actor_ids, t.actor_country, t.actor_sector,
    coalesce(t.recipients, []) AS recipients, coalesce(s.recipient_ids, []) AS recipient_ids,
    t.recipient_country, t.recipient_sector,
    unnest(coalesce(s.spot, {
        place_name: NULL, geonameid: NULL, latitude: NULL, longitude: NULL, country: NULL, admin1: NULL, feature: NULL,
        place_precision: NULL
    })),
    unnest(s.dated),
    CAST(s.first_reported_at AT TIME ZONE 'UTC' AS DATE) AS reported_on, s.first_reported_at, s.last_reported_at,
    s.killed_low, s.killed_high, s.wounded_low, s.wounded_high, s.arrested_low, s.arrested_high,
    s.captured_low, s.captured_high, s.displaced_low, s.displaced_high,
    s.mention_count, s.article_count, s.report_count, s.story_count, coalesce(n.agencies, []) AS agencies,
    s.confidence,
    t.event_mention_id AS lead_event_mention_id
FROM told AS t
JOIN sums AS s USING (event_id)
JOIN scaled AS g USING (event_id)
LEFT JOIN named AS n USING (event_id)
WHERE t.rank = 1;

CREATE OR REPLACE TEMP TABLE fresh AS
FROM made
EXCEPT
SELECT * EXCLUDE (run_id) FROM event WHERE event_id IN (SELECT event_id FROM changed);

DELETE FROM event
WHERE event_id IN (SELECT event_id FROM fresh) OR event_id IN (FROM changed ANTI JOIN made USING (event_id));

-- Reports in texts that were superseded belong to no event once nobody else tells of it.
UPDATE event_mention SET event_id = NULL WHERE event_id IN (FROM changed ANTI JOIN made USING (event_id));

INSERT INTO event BY NAME SELECT *, $run_id AS run_id FROM fresh;
