-- What was found in a text, or said of it, belongs to an article that is there.
WITH found AS (
    SELECT 'mention' AS table_name, mention_id AS row_id, article_id FROM mention
    UNION ALL SELECT 'place', place_id, article_id FROM place
    UNION ALL SELECT 'date_mention', date_mention_id, article_id FROM date_mention
    UNION ALL SELECT 'quantity', quantity_id, article_id FROM quantity
    UNION ALL SELECT 'event_mention', event_mention_id, article_id FROM event_mention
    UNION ALL SELECT 'article_claim', concat_ws(' ', article_id, field, ordinal), article_id FROM article_claim
)
SELECT found.* FROM found ANTI JOIN article USING (article_id);
