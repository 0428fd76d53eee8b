-- A claim is marked as disputed where the article's sources differ on the field.
WITH said AS (
    SELECT article_id, field, field NOT IN ('url', 'image_url', 'section') AND count(DISTINCT CASE
        WHEN field LIKE '%\_at' ESCAPE '\' THEN left(claim, 10)
        WHEN field = 'language' THEN lower(left(claim, 2))
        ELSE lower(claim)
    END) > 1 AS disputed
    FROM article_claim
    GROUP BY article_id, field
)
SELECT c.article_id, c.field, c.ordinal, c.claim, c.disputed
FROM article_claim AS c
JOIN said USING (article_id, field)
WHERE c.disputed <> said.disputed;
