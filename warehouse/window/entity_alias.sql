-- How those are called who are named in the articles that stay.
SELECT * FROM whole.entity_alias
WHERE entity_id IN (
    SELECT entity_id FROM whole.mention SEMI JOIN kept USING (article_id)
    UNION
    SELECT p.entity_id
    FROM whole.event_participant AS p
    JOIN whole.event_mention AS m USING (event_mention_id)
    SEMI JOIN kept USING (article_id)
);
