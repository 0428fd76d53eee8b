-- What articles are about, as vectors that can be compared; DuckLake has no arrays of a fixed length.

ALTER TABLE article ADD COLUMN vector FLOAT[];
ALTER TABLE article ADD COLUMN vector_model VARCHAR;
ALTER TABLE article_pair ADD COLUMN vector_similarity DOUBLE;
COMMENT ON COLUMN article.vector IS 'What headline and lead are about, of length 1: the cosine of two tells how alike they are. NULL: no learned coder read it.';
COMMENT ON COLUMN article.vector_model IS 'Version of the network that made the vector; only vectors of one version can be compared.';
COMMENT ON COLUMN article_pair.vector_similarity IS 'Cosine of the vectors: high for the same news in other words. NULL: not both have one of the same network.';
