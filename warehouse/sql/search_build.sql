-- Its index: letters and digits of all scripts, English stems, every word. The texts themselves stay in the warehouse.
PRAGMA create_fts_index(
    'SEGMENT', 'article_id', 'title', 'text', stemmer = 'porter', stopwords = 'none', ignore = '[^\p{L}\p{N}]+', overwrite = 1
);
DROP TABLE SEGMENT;
