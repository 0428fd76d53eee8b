-- No row of an article stands twice: names, places, dates, numbers, parties, claims.
SELECT 'mention' AS table_name, mention_id AS row_id, count(*) AS times FROM mention GROUP BY ALL HAVING count(*) > 1
UNION ALL
SELECT 'place', place_id, count(*) FROM place GROUP BY ALL HAVING count(*) > 1
UNION ALL
SELECT 'date_mention', date_mention_id, count(*) FROM date_mention GROUP BY ALL HAVING count(*) > 1
UNION ALL
SELECT 'quantity', quantity_id, count(*) FROM quantity GROUP BY ALL HAVING count(*) > 1
UNION ALL
SELECT 'event_participant', concat_ws(' ', event_mention_id, role, ordinal), count(*)
FROM event_participant
GROUP BY ALL
HAVING count(*) > 1
UNION ALL
SELECT 'entity_day', concat_ws(' ', entity_id, named_on), count(*) FROM entity_day GROUP BY ALL HAVING count(*) > 1
UNION ALL
SELECT 'article_claim', concat_ws(' ', article_id, field, ordinal), count(*)
FROM article_claim
GROUP BY ALL
HAVING count(*) > 1;
