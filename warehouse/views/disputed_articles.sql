-- Where the sources of an article disagree on its title, names, agency, language or days. Addresses of page and
-- picture are left out: they differ by what was appended to them.
--   SELECT title, chosen_claim, other_claims FROM disputed_articles WHERE field = 'published_at';
CREATE OR REPLACE VIEW disputed_articles AS
SELECT -- lists are sorted when they are whole: an ordered aggregate takes several times as long
    a.article_id, c.field,
    arg_min(c.claim, c.ordinal) FILTER (c.chosen) AS chosen_claim,
    arg_min(c.source, c.ordinal) FILTER (c.chosen) AS chosen_source,
    list_transform(
        list_sort(list({ordinal: c.ordinal, source: c.source, claim: c.claim}) FILTER (NOT c.chosen)),
        lambda other: {source: other.source, claim: other.claim}
    ) AS other_claims,
    a.title, a.url
FROM article_claim AS c
JOIN article AS a USING (article_id)
WHERE a.is_latest AND c.disputed
GROUP BY a.article_id, c.field, a.title, a.url;
COMMENT ON VIEW disputed_articles IS 'Articles of which page, JSON-LD and feed say different things: what was taken, and what else was said.';
COMMENT ON COLUMN disputed_articles.chosen_claim IS 'What the column of article took.';
COMMENT ON COLUMN disputed_articles.chosen_source IS 'Who said that: json-ld, meta, html, text, feed or address.';
COMMENT ON COLUMN disputed_articles.other_claims IS 'What the others say, each with its source.';
