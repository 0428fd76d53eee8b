-- Whether the sources of new articles agree: letters' case, times of day and kinds of one language are no dispute.
-- Addresses of page and picture differ by what was appended to them, sections by each site's own names.
UPDATE article_claim SET disputed = said.disputed
FROM (
    SELECT article_id, field, field NOT IN ('url', 'image_url', 'section') AND count(DISTINCT CASE
        WHEN field LIKE '%\_at' ESCAPE '\' THEN left(claim, 10)
        WHEN field = 'language' THEN lower(left(claim, 2))
        ELSE lower(claim)
    END) > 1 AS disputed
    FROM article_claim
    WHERE disputed IS NULL
    GROUP BY article_id, field
) AS said
WHERE article_claim.article_id = said.article_id AND article_claim.field = said.field AND article_claim.disputed IS NULL;
