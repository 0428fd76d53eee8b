-- An agency's "UPDATE 2-" or "CORRECTED-" takes the place of what it sent before under another address: the same
-- agency on the same site within three days, with the same slug or with much of the same words. One row a text replaced.
WITH alike AS (
    SELECT p.article_id AS a, p.other_article_id AS b
    FROM article_pair AS p
    WHERE p.grouped_on BETWEEN $first AND $last AND p.word_overlap >= $least_words
      AND (p.article_id IN (SELECT article_id FROM batch) OR p.other_article_id IN (SELECT article_id FROM batch))
    UNION
    SELECT e.article_id, o.article_id
    FROM entry AS e
    JOIN entry AS o ON o.slug = e.slug AND o.feed_id = e.feed_id AND o.article_id <> e.article_id
    WHERE e.slug IS NOT NULL AND e.article_id IN (SELECT article_id FROM batch)
), known AS (
    SELECT
        a.article_id, a.url, a.agency, a.published_at, a.marks, coalesce(a.update_number, 0) AS number,
        regexp_extract(a.url, '^[a-z]+://([^/:]+)', 1) AS host
    FROM article AS a
    WHERE a.article_id IN (SELECT a FROM alike UNION SELECT b FROM alike)
), sent AS (
    SELECT later.article_id, earlier.article_id AS replaced, earlier.published_at AS replaced_at
    FROM (SELECT a, b FROM alike UNION SELECT b, a FROM alike) AS p
    JOIN known AS later ON later.article_id = p.a
    JOIN known AS earlier ON earlier.article_id = p.b
    WHERE later.agency = earlier.agency AND later.host = earlier.host AND later.url <> earlier.url
      AND later.published_at >= earlier.published_at
      AND later.published_at < earlier.published_at + INTERVAL 3 DAY
      AND (later.number > earlier.number
           OR (list_has_any(later.marks, ['CORRECTED', 'CORRECTION', 'REFILE', 'RECASTS'])
               AND later.published_at > earlier.published_at))
)
SELECT
    s.article_id, s.replaced, m.story_id,
    first_value(s.replaced) OVER (PARTITION BY s.article_id ORDER BY s.replaced_at DESC, s.replaced DESC) AS supersedes
FROM sent AS s
JOIN story_article AS m ON m.article_id = s.replaced
ORDER BY s.article_id, s.replaced;
