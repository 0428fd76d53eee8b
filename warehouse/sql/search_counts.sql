-- How often the articles of one segment have each of the asked words.
INSERT INTO counted
SELECT i.article_id, i.words, f.term, f.times
FROM (
    SELECT docid, term, count(*) AS times
    FROM fts_main_SEGMENT.terms
    JOIN (SELECT termid, term FROM fts_main_SEGMENT.dict WHERE list_contains($terms, term)) USING (termid)
    GROUP BY docid, term
) AS f
JOIN indexed AS i ON i.segment = 'SEGMENT' AND i.docid = f.docid;
