-- For one question: how often each article has each of the asked words, and how long it is.
CREATE OR REPLACE TEMP TABLE counted (article_id VARCHAR, words BIGINT, term VARCHAR, times BIGINT);
