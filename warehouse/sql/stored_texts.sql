-- Texts of the latest articles that another tagger read (all of them where $every), as they were given to it.
SELECT a.article_id, a.url, a.title, a.text, a.language, a.published_at, a.dateline, f.country
FROM article AS a
LEFT JOIN feed AS f USING (feed_id)
WHERE a.is_latest
  AND ($every OR NOT (a.tagger = $tagger OR starts_with(a.tagger, $tagger || ' / '))) -- the pipeline of another language
  AND (
      $feeds IS NULL OR list_contains($feeds, a.feed_id)
      OR EXISTS (SELECT 1 FROM entry AS e WHERE e.article_id = a.article_id AND list_contains($feeds, e.feed_id))
  )
ORDER BY a.article_id
LIMIT $most;
