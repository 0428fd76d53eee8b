-- The latest articles whose vectors are nearest to $vector; of texts that copy one another the nearest, and none of $origin's.
WITH measured AS (
    SELECT
        a.article_id, coalesce(m.origin_article_id, a.article_id) AS origin,
        array_cosine_similarity(CAST(a.vector AS FLOAT[384]), CAST($vector AS FLOAT[384])) AS score
    FROM article AS a
    LEFT JOIN story_article AS m USING (article_id)
    WHERE a.is_latest AND a.vector_model = $model
      AND ($since IS NULL OR coalesce(a.published_at, a.loaded_at) >= CAST($since AS TIMESTAMPTZ))
      AND ($language IS NULL OR a.language = $language)
), best AS (
    SELECT arg_max(article_id, (score, article_id = origin, article_id)) AS article_id, max(score) AS score
    FROM measured
    WHERE origin IS DISTINCT FROM $origin
    GROUP BY origin
    ORDER BY score DESC, article_id
    LIMIT $limit
)
SELECT a.article_id, b.score, a.title, a.url, a.agency, a.published_at, a.text
FROM best AS b
JOIN article AS a USING (article_id)
ORDER BY b.score DESC, a.article_id;
