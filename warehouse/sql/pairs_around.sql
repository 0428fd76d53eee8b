-- Pairs of the days around the batch's that can decide a story.
SELECT article_id, other_article_id, word_overlap, term_overlap, vector_similarity
FROM article_pair
WHERE grouped_on BETWEEN $first AND $last;
