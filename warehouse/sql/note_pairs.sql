-- Pairs of an article of the batch and any other close in time that have words in a row in common, or are about the same.
INSERT INTO article_pair BY NAME
WITH near AS MATERIALIZED (
    SELECT b.article_id, b.grouped_on FROM batch AS b
), bands AS (
    SELECT n.article_id AS a, o.article_id AS b
    FROM near AS n
    JOIN article_band AS own ON own.article_id = n.article_id AND own.grouped_on = n.grouped_on
    JOIN article_band AS o ON o.band_key = own.band_key
    WHERE own.grouped_on BETWEEN $first AND $last
      AND o.grouped_on BETWEEN $first - $word_days::INTEGER AND $last + $word_days::INTEGER
      AND abs(date_diff('day', o.grouped_on, n.grouped_on)) <= $word_days
      AND o.article_id <> n.article_id
    GROUP BY ALL
), terms AS (
    SELECT n.article_id AS a, o.article_id AS b, sum(own.weight * o.weight) AS term_overlap
    FROM near AS n
    JOIN article_term AS own ON own.article_id = n.article_id AND own.grouped_on = n.grouped_on
    JOIN article_term AS o ON o.term = own.term
    WHERE own.grouped_on BETWEEN $first AND $last
      AND o.grouped_on BETWEEN $first - $term_days::INTEGER AND $last + $term_days::INTEGER
      AND abs(date_diff('day', o.grouped_on, n.grouped_on)) <= $term_days
      AND o.article_id <> n.article_id
    GROUP BY ALL
    HAVING sum(own.weight * o.weight) >= $least_terms AND count(*) >= 3 -- one name of a small town is not enough
), found AS MATERIALIZED (
    SELECT least(a, b) AS a, greatest(a, b) AS b, max(term_overlap) AS term_overlap
    FROM (SELECT a, b, 0 AS term_overlap FROM bands UNION ALL FROM terms)
    GROUP BY ALL
), measured AS (
    SELECT
        f.a, f.b, least(1.0, f.term_overlap) AS term_overlap,
        a.published_at AS a_at, b.published_at AS b_at, a.loaded_at AS a_loaded, b.loaded_at AS b_loaded,
        CASE WHEN len(a.minhash) = len(b.minhash) AND len(a.minhash) > 0 THEN
            len(list_filter(list_zip(a.minhash, b.minhash), lambda z: z[1] = z[2])) / len(a.minhash)
        ELSE 0 END AS word_overlap,
        CASE WHEN a.vector_model = b.vector_model THEN
            array_cosine_similarity(CAST(a.vector AS FLOAT[384]), CAST(b.vector AS FLOAT[384]))
        END AS vector_similarity
    FROM found AS f
    JOIN article AS a ON a.article_id = f.a
    JOIN article AS b ON b.article_id = f.b
)
SELECT
    CASE WHEN (a_at IS NULL, a_at, a) > (b_at IS NULL, b_at, b) THEN a ELSE b END AS article_id,
    CASE WHEN (a_at IS NULL, a_at, a) > (b_at IS NULL, b_at, b) THEN b ELSE a END AS other_article_id,
    word_overlap, term_overlap, vector_similarity,
    greatest(
        CAST(coalesce(a_at, a_loaded) AT TIME ZONE 'UTC' AS DATE), CAST(coalesce(b_at, b_loaded) AT TIME ZONE 'UTC' AS DATE)
    ) AS grouped_on,
    $run_id AS run_id
FROM measured
WHERE word_overlap >= $least_words OR term_overlap >= $least_terms;
