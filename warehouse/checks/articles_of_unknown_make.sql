-- Every article says what made its text (extractor) and what read it (tagger): all rows that it has lead to both.
SELECT article_id, url, extractor, tagger
FROM article
WHERE trim(extractor) = '' OR trim(tagger) = '';
