-- A vector is of length 1, but for its rounding, and says which network made it.
SELECT article_id, url, vector_model, sqrt(list_sum(list_transform(vector, lambda v: v * v))) AS length
FROM article
WHERE (vector IS NULL) <> (vector_model IS NULL)
   OR abs(sqrt(list_sum(list_transform(vector, lambda v: v * v))) - 1) > 0.02;
