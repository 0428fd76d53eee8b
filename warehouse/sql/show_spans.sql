-- What is marked in an article's text: triggers of events, places, dates, numbers, and who is named.
SELECT start_offset AS "start", end_offset AS "end", label
FROM (
    SELECT start_offset, end_offset, 1 AS turn, concat('event ', event_type) AS label FROM event_mention WHERE article_id = $id
    UNION ALL
    SELECT start_offset, end_offset, 2, 'place' FROM place WHERE article_id = $id
    UNION ALL
    SELECT start_offset, end_offset, 3, 'date' FROM date_mention WHERE article_id = $id
    UNION ALL
    SELECT start_offset, end_offset, 4, 'number' FROM quantity WHERE article_id = $id
    UNION ALL
    SELECT start_offset, end_offset, 5, label FROM mention WHERE article_id = $id
)
WHERE start_offset < end_offset -- the dateline's place is not in the text
ORDER BY start_offset, end_offset DESC, turn, label;
