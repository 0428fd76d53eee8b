-- No key stands twice. A file refuses that by itself; a lake does not.
-- Heavy: reads every key.
SELECT 'run' AS table_name, run_id AS row_id, count(*) AS times FROM run GROUP BY ALL HAVING count(*) > 1
UNION ALL
SELECT 'feed', feed_id, count(*) FROM feed GROUP BY ALL HAVING count(*) > 1
UNION ALL
SELECT 'feed_address', concat_ws(' ', feed_id, used_from), count(*)
FROM feed_address
GROUP BY ALL
HAVING count(*) > 1
UNION ALL
SELECT 'drop_file', concat_ws(' ', feed_id, file_name), count(*)
FROM drop_file
GROUP BY ALL
HAVING count(*) > 1
UNION ALL
SELECT 'backfill_file', concat_ws(' ', file_path, languages), count(*)
FROM backfill_file
GROUP BY ALL
HAVING count(*) > 1
UNION ALL
SELECT 'robots', origin, count(*) FROM robots GROUP BY ALL HAVING count(*) > 1
UNION ALL
SELECT 'poll', poll_id, count(*) FROM poll GROUP BY ALL HAVING count(*) > 1
UNION ALL
SELECT 'entry', concat_ws(' ', feed_id, entry_id), count(*) FROM entry GROUP BY ALL HAVING count(*) > 1
UNION ALL
SELECT 'capture', capture_id, count(*) FROM capture GROUP BY ALL HAVING count(*) > 1
UNION ALL
SELECT 'failure', failure_id, count(*) FROM failure GROUP BY ALL HAVING count(*) > 1
UNION ALL
SELECT 'article', article_id, count(*) FROM article GROUP BY ALL HAVING count(*) > 1
UNION ALL
SELECT 'article_pair', concat_ws(' ', article_id, other_article_id), count(*)
FROM article_pair
GROUP BY ALL
HAVING count(*) > 1
UNION ALL
SELECT 'entity', entity_id, count(*) FROM entity GROUP BY ALL HAVING count(*) > 1
UNION ALL
SELECT 'entity_alias', concat_ws(' ', name_id, alias), count(*)
FROM entity_alias
GROUP BY ALL
HAVING count(*) > 1
UNION ALL
SELECT 'entity_office', concat_ws(' ', entity_id, office), count(*)
FROM entity_office
GROUP BY ALL
HAVING count(*) > 1
UNION ALL
SELECT 'event_mention', event_mention_id, count(*) FROM event_mention GROUP BY ALL HAVING count(*) > 1
UNION ALL
SELECT 'label', label_id, count(*) FROM label GROUP BY ALL HAVING count(*) > 1
UNION ALL
SELECT 'story', story_id, count(*) FROM story GROUP BY ALL HAVING count(*) > 1
UNION ALL
SELECT 'story_article', article_id, count(*) FROM story_article GROUP BY ALL HAVING count(*) > 1
UNION ALL
SELECT 'event', event_id, count(*) FROM event GROUP BY ALL HAVING count(*) > 1;
