-- Each report of the chosen events in the 16 columns of GDELT 2.0's mentions table; what we do not know is empty.
WITH report AS (
    SELECT m.*, a.loaded_at, a.url, a.text, min(a.loaded_at) OVER (PARTITION BY m.event_id) AS added_at
    FROM event_mention AS m
    JOIN chosen USING (event_id)
    JOIN article AS a USING (article_id)
    WHERE a.is_latest
)
SELECT
    CAST('0x' || left(r.event_id, 13) AS BIGINT) AS "GLOBALEVENTID",
    strftime(r.added_at AT TIME ZONE 'UTC', '%Y%m%d%H%M%S') AS "EventTimeDate",
    strftime(r.loaded_at AT TIME ZONE 'UTC', '%Y%m%d%H%M%S') AS "MentionTimeDate",
    1 AS "MentionType",
    regexp_extract(r.url, '^\w+://([^/:]+)', 1) AS "MentionSourceName",
    r.url AS "MentionIdentifier",
    NULL AS "SentenceID",
    coalesce(p1.start_offset, -1) AS "Actor1CharOffset",
    coalesce(p2.start_offset, -1) AS "Actor2CharOffset",
    r.start_offset AS "ActionCharOffset",
    1 AS "InRawText",
    CAST(greatest(round(r.confidence * 10) * 10, 10) AS INTEGER) AS "Confidence",
    length(r.text) AS "MentionDocLen",
    NULL AS "MentionDocTone", NULL AS "MentionDocTranslationInfo", NULL AS "Extras"
FROM report AS r
LEFT JOIN party AS p1 ON p1.event_mention_id = r.event_mention_id AND p1.is_first
LEFT JOIN party AS p2 ON p2.event_mention_id = r.event_mention_id AND NOT p2.is_first
ORDER BY r.loaded_at, r.event_id, r.event_mention_id;
