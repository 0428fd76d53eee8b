-- What a copy is held to, as (what, value): the migrations it has been through, and the rows of the tables that
-- everything else hangs on. Counting reads no column, so that it costs milliseconds in any archive.
SELECT 'schema' AS what, md5(string_agg(migration || migration_sha256, ' ' ORDER BY migration)) AS held
FROM schema_migration
UNION ALL SELECT 'run', count(*)::VARCHAR FROM run
UNION ALL SELECT 'feed', count(*)::VARCHAR FROM feed
UNION ALL SELECT 'poll', count(*)::VARCHAR FROM poll
UNION ALL SELECT 'entry', count(*)::VARCHAR FROM entry
UNION ALL SELECT 'capture', count(*)::VARCHAR FROM capture
UNION ALL SELECT 'article', count(*)::VARCHAR FROM article
UNION ALL SELECT 'mention', count(*)::VARCHAR FROM mention
UNION ALL SELECT 'event_mention', count(*)::VARCHAR FROM event_mention
UNION ALL SELECT 'story_article', count(*)::VARCHAR FROM story_article
UNION ALL SELECT 'event', count(*)::VARCHAR FROM event;
