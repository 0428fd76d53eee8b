-- The events that the articles tell of, counted over the whole archive. Where the fullest report is older, the surest
-- of those that stay leads.
WITH told AS (
    SELECT
        event_id, list(event_mention_id) AS reports,
        arg_max(event_mention_id, (confidence, event_mention_id)) AS surest
    FROM whole.event_mention
    SEMI JOIN kept USING (article_id)
    WHERE event_id IS NOT NULL AND article_id IN (SELECT article_id FROM whole.article WHERE is_latest)
    GROUP BY event_id
)
SELECT e.* REPLACE (
    CASE WHEN list_contains(t.reports, e.lead_event_mention_id) THEN e.lead_event_mention_id ELSE t.surest END
    AS lead_event_mention_id
)
FROM whole.event AS e
JOIN told AS t USING (event_id);
