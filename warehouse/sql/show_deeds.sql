-- The events that an entity is a party of, once for all that is asked of them.
CREATE OR REPLACE TEMP TABLE deed AS
SELECT
    event_id, event_day, event_type, mode, quad, actors, recipients, place_name, admin1, country, place_precision,
    killed_low, killed_high, report_count, article_count, actor_ids, recipient_ids,
    list_contains(actor_ids, $id) AS acted, list_contains(recipient_ids, $id) AS suffered
FROM event
WHERE list_contains(actor_ids, $id) OR list_contains(recipient_ids, $id);
