-- The stories that were told in the time, the most independently first; of a brief of some countries those of its events.
WITH behind AS (
    SELECT story_id, list_sort(list(number))[:$refs] AS numbers FROM brief_shown WHERE story_id IS NOT NULL GROUP BY story_id
)
SELECT s.story_id, s.title, s.article_count, s.report_count, s.outlet_count, coalesce(b.numbers, []) AS numbers
FROM story AS s
LEFT JOIN behind AS b USING (story_id)
WHERE coalesce(s.last_published_at, s.first_seen_at) BETWEEN $since AND $until
  AND (len(CAST($countries AS VARCHAR[])) = 0 OR b.numbers IS NOT NULL)
ORDER BY s.report_count DESC, s.article_count DESC, s.first_published_at, s.story_id
LIMIT $rows;
