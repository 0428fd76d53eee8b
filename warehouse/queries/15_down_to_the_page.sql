-- Where does an event come from, down to the bytes of its pages?
-- Here of the most reported event. `dateline why EVENT_ID` shows the same, and the rule that read it.
SELECT DISTINCT
    published_at AS published, feed_id AS outlet, sentence_text AS sentence, url,
    concat(warc_file, ' at byte ', warc_offset) AS page
FROM provenance
WHERE is_latest AND event_id = (
    SELECT event_id FROM event
    ORDER BY report_count DESC, article_count DESC, killed_low DESC NULLS LAST, event_id
    LIMIT 1
)
ORDER BY published, url, sentence
LIMIT 2;
