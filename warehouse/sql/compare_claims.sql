-- Whether the sources of new articles agree.
UPDATE article_claim SET disputed = said.disputed
FROM (
    SELECT article_id, field, sources_differ(field, claim) AS disputed
    FROM article_claim
    WHERE disputed IS NULL
    GROUP BY article_id, field
) AS said
WHERE article_claim.article_id = said.article_id AND article_claim.field = said.field AND article_claim.disputed IS NULL;
