-- Of the labels of one coding the last alone counts, unless it withdraws the rest; what is right has no wrong parts, what
-- is wrong has some, and only those have something that they should be.
SELECT label_id, event_mention_id, verdict, wrong, counts
FROM label
QUALIFY
    counts AND (
        verdict = 'withdrawn'
        OR row_number() OVER (PARTITION BY event_mention_id, tagger ORDER BY labelled_at DESC, label_id DESC) > 1
    )
    OR counts <> (standing IS NOT NULL)
    OR (verdict = 'wrong') <> (len(wrong) > 0)
    OR NOT list_has_all(wrong, map_keys(should_be));
