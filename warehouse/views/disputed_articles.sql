-- Where the sources of an article disagree on its title, its names or the day it was published.
CREATE OR REPLACE VIEW disputed_articles AS
SELECT
    a.article_id, c.field,
    max(c.claim) FILTER (c.chosen) AS chosen_claim,
    max(c.source) FILTER (c.chosen) AS chosen_source,
    list({source: c.source, claim: c.claim} ORDER BY c.ordinal) FILTER (NOT c.chosen) AS other_claims,
    a.title, a.url
FROM article_claim AS c
JOIN article AS a USING (article_id)
WHERE a.is_latest
GROUP BY a.article_id, c.field, a.title, a.url
HAVING count(DISTINCT CASE WHEN c.field LIKE '%\_at' ESCAPE '\' THEN left(c.claim, 10) ELSE lower(c.claim) END) > 1;
COMMENT ON VIEW disputed_articles IS 'Articles of which page, JSON-LD and feed say different things: what was taken, and what else was said.';
