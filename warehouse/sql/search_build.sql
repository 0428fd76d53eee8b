-- Its index: letters and digits of all scripts, English stems, every word. The texts themselves stay in the warehouse.
PRAGMA create_fts_index(
    'SEGMENT', 'article_id', 'title', 'text', stemmer = 'porter', stopwords = 'none', ignore = '[^\p{L}\p{N}]+', overwrite = 1
);
-- In the order of terms, so that a search reads those of its words alone.
CREATE OR REPLACE TABLE fts_main_SEGMENT.terms AS FROM fts_main_SEGMENT.terms ORDER BY termid;
DROP TABLE SEGMENT;
