-- Articles that wait for their story, the earliest first, with the towns and provinces that their leads name.
WITH waiting AS (
    SELECT
        a.article_id, a.title, a.text, a.minhash, a.published_at, a.supersedes,
        CAST(coalesce(a.published_at, a.loaded_at) AT TIME ZONE 'UTC' AS DATE) AS grouped_on
    FROM article AS a
    ANTI JOIN story_article USING (article_id)
    ORDER BY grouped_on, a.article_id
    LIMIT $most
), named AS (
    SELECT article_id, list(DISTINCT geonameid ORDER BY geonameid) AS places
    FROM place
    WHERE article_id IN (SELECT article_id FROM waiting) AND geonameid IS NOT NULL
      AND start_offset < 500 AND place_precision IN ('point', 'city', 'admin2', 'admin1')
    GROUP BY article_id
)
SELECT w.*, coalesce(n.places, []) AS places
FROM waiting AS w
LEFT JOIN named AS n USING (article_id)
ORDER BY w.grouped_on, w.article_id;
