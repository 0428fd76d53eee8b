-- A claim is marked as disputed where the article's sources differ on the field.
WITH said AS (
    SELECT article_id, field, sources_differ(field, claim) AS disputed
    FROM article_claim
    GROUP BY article_id, field
)
SELECT c.article_id, c.field, c.ordinal, c.claim, c.disputed
FROM article_claim AS c
JOIN said USING (article_id, field)
WHERE c.disputed <> said.disputed;
