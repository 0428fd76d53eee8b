-- Pairs of a waiting article and any other within a week of it that share a band, with their estimated resemblance.
WITH pairs AS (
    SELECT DISTINCT least(n.article_id, o.article_id) AS a, greatest(n.article_id, o.article_id) AS b
    FROM batch AS n
    JOIN article_band AS nb ON nb.article_id = n.article_id
    JOIN article_band AS ob ON ob.band_key = nb.band_key AND ob.article_id <> nb.article_id
    JOIN article AS o ON o.article_id = ob.article_id
    WHERE n.published_at IS NULL OR o.published_at IS NULL
       OR abs(epoch(n.published_at) - epoch(o.published_at)) <= 7 * 86400
)
SELECT
    p.a, p.b, o.published_at AS b_published_at, sb.story_id AS b_story_id,
    n.published_at AS a_published_at, sa.story_id AS a_story_id,
    len(list_filter(list_zip(n.minhash, o.minhash), lambda z: z[1] = z[2])) / len(n.minhash) AS similarity
FROM pairs AS p
JOIN article AS n ON n.article_id = p.a
JOIN article AS o ON o.article_id = p.b
LEFT JOIN story_article AS sa ON sa.article_id = p.a
LEFT JOIN story_article AS sb ON sb.article_id = p.b
WHERE len(n.minhash) = len(o.minhash);
