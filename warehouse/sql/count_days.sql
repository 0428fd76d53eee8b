-- Whom the articles of a day name, for days that are missing: copies and updates of one text are one report.
INSERT INTO entity_day BY NAME
WITH missing AS (
    SELECT article_id, day_of_report(published_at, loaded_at) AS named_on FROM article WHERE is_counted
)
SELECT
    m.entity_id, d.named_on, count(DISTINCT coalesce(s.origin_article_id, d.article_id)) AS report_count,
    $run_id AS run_id
FROM missing AS d
ANTI JOIN entity_day USING (named_on)
JOIN mention AS m USING (article_id)
LEFT JOIN story_article AS s USING (article_id)
WHERE m.entity_id IS NOT NULL
GROUP BY m.entity_id, d.named_on
ORDER BY d.named_on;
