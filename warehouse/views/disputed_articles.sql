-- Where the sources of an article disagree on its title, names, agency, language or days. Addresses of page and
-- picture are left out: they differ by what was appended to them.
--   SELECT title, chosen_claim, other_claims FROM disputed_articles WHERE field = 'agency';

-- Whether the claims on one field of one article, a group of article_claim, are in dispute: letters' case, times of day
-- and kinds of one language are none. By this, article_claim.disputed is set.
CREATE OR REPLACE MACRO sources_differ(field, claim) AS
    field NOT IN ('url', 'image_url', 'section') AND count(DISTINCT CASE
        WHEN field LIKE '%\_at' ESCAPE '\' THEN left(claim, 10)
        WHEN field = 'language' THEN lower(left(claim, 2))
        ELSE lower(claim)
    END) > 1;

CREATE OR REPLACE VIEW disputed_articles AS
WITH said AS ( -- lists are sorted when they are whole: an ordered aggregate takes several times as long
    SELECT
        article_id, field, min(ordinal) FILTER (chosen) AS taken,
        arg_min(claim, ordinal) FILTER (chosen) AS chosen_claim,
        arg_min(source, ordinal) FILTER (chosen) AS chosen_source,
        list_sort(list({ordinal: ordinal, source: source, claim: claim})) AS claims
    FROM article_claim
    WHERE disputed
    GROUP BY article_id, field
)
SELECT
    a.article_id, s.field, s.chosen_claim, s.chosen_source,
    list_transform(
        list_filter(s.claims, lambda other: other.ordinal IS DISTINCT FROM s.taken),
        lambda other: {source: other.source, claim: other.claim}
    ) AS other_claims,
    a.title, a.url
FROM said AS s
JOIN article AS a USING (article_id)
WHERE a.is_latest;
COMMENT ON VIEW disputed_articles IS 'Articles of which page, JSON-LD and feed say different things: what was taken, and what else was said.';
COMMENT ON COLUMN disputed_articles.chosen_claim IS 'What the column of article took. Of several that it joined (bylines), the first.';
COMMENT ON COLUMN disputed_articles.chosen_source IS 'Who said that: json-ld, meta, html, text, feed or address.';
COMMENT ON COLUMN disputed_articles.other_claims IS 'What the others say, each with its source; those that the column joined to the first are among them.';
