-- Who did what to whom, counted: one row a day, actor, recipient and type. A party is an entity, else country and sector
-- ("IRQ MIL"); what nobody is known of makes no pair. Where all are actors (talks, clashes), each pair stands once.
--   SELECT event_day, actor, event_type, events FROM dyads_daily WHERE recipient = 'Alliance of the Ridge' ORDER BY event_day;
CREATE OR REPLACE VIEW dyads_daily AS
WITH sides AS (
    SELECT
        event_day, event_type, quad, scale, report_count, killed_low, killed_high,
        CASE WHEN len(actor_ids) > 0 THEN actor_ids
             WHEN coalesce(actor_country, actor_sector) IS NULL THEN []
             ELSE [concat_ws(' ', actor_country, actor_sector)] END AS actor_ids,
        CASE WHEN len(recipient_ids) > 0 THEN recipient_ids
             WHEN coalesce(recipient_country, recipient_sector) IS NULL THEN []
             ELSE [concat_ws(' ', recipient_country, recipient_sector)] END AS recipient_ids,
        len(recipients) = 0 AND len(recipient_ids) = 0 AS mutual
    FROM event
), pairs AS (
    SELECT
        event_day, event_type, quad, scale, report_count, killed_low, killed_high, mutual, actor_id,
        unnest(CASE WHEN mutual THEN list_filter(actor_ids, lambda other: other > actor_id) ELSE recipient_ids END)
            AS recipient_id
    FROM (SELECT *, unnest(actor_ids) AS actor_id FROM sides)
)
SELECT
    p.event_day, coalesce(a.entity_name, p.actor_id) AS actor, coalesce(r.entity_name, p.recipient_id) AS recipient,
    p.event_type, p.quad, p.mutual, count(*) AS events, CAST(sum(p.report_count) AS BIGINT) AS reports,
    CAST(sum(p.killed_low) AS BIGINT) AS killed_at_least, sum_at_most(p.killed_low, p.killed_high) AS killed_at_most,
    avg(p.scale) AS mean_scale, p.actor_id, p.recipient_id
FROM pairs AS p
LEFT JOIN entity AS a ON a.entity_id = p.actor_id
LEFT JOIN entity AS r ON r.entity_id = p.recipient_id
GROUP BY p.event_day, p.actor_id, a.entity_name, p.recipient_id, r.entity_name, p.event_type, p.quad, p.mutual;
COMMENT ON VIEW dyads_daily IS 'Who did what to whom, counted: one row a day, actor, recipient and type. An event with two actors stands in two rows.';
COMMENT ON COLUMN dyads_daily.actor IS 'Name of the entity that did it, else its country and sector: IRQ MIL.';
COMMENT ON COLUMN dyads_daily.recipient IS 'Name of the entity that it was done to, else its country and sector.';
COMMENT ON COLUMN dyads_daily.mutual IS 'Whether both are actors (talks, clashes): the order of the two then means nothing.';
COMMENT ON COLUMN dyads_daily.events IS 'Events of the row.';
COMMENT ON COLUMN dyads_daily.reports IS 'Independent reports of these events, added up.';
COMMENT ON COLUMN dyads_daily.killed_at_least IS 'Sum of the least numbers killed that reports give; NULL when none gives one.';
COMMENT ON COLUMN dyads_daily.killed_at_most IS 'Sum of the greatest numbers killed that reports give; NULL where one is open, as "at least 30" is.';
COMMENT ON COLUMN dyads_daily.mean_scale IS 'Mean of scale, from conflict (-10) to cooperation (+10).';
COMMENT ON COLUMN dyads_daily.actor_id IS 'entity_id of the actor, else its country and sector.';
COMMENT ON COLUMN dyads_daily.recipient_id IS 'entity_id of the recipient, else its country and sector.';
