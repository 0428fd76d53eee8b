-- Event mentions of the latest articles that no review has judged under their tagger: the types in turn, those of one
-- type in an order that the seed alone decides. What somebody reported stays in the draw: reports are of what is wrong.
WITH pool AS (
    SELECT
        m.event_mention_id, m.event_type, a.tagger,
        count(*) OVER (PARTITION BY a.tagger, m.event_type) AS drawn_from,
        md5($seed || ' ' || m.event_mention_id) AS lot
    FROM event_mention AS m
    JOIN article AS a USING (article_id)
    WHERE a.is_latest AND ($types IS NULL OR list_contains(CAST($types AS VARCHAR[]), m.event_type))
), judged AS (
    SELECT unnest(CAST($ids AS VARCHAR[])) AS event_mention_id, unnest(CAST($taggers AS VARCHAR[])) AS tagger
)
SELECT event_mention_id, tagger, drawn_from
FROM pool
ANTI JOIN judged USING (event_mention_id, tagger)
ORDER BY row_number() OVER (PARTITION BY tagger, event_type ORDER BY lot), lot
LIMIT $most;
