-- What has one of a few values has no other: verdicts, labels, fates, precisions, sources, what ties a place to an event,
-- how something is said and where. One row a strange value, with one of the rows that have it.
WITH allowed (kind, value) AS (
    VALUES
        ('speech', 'direct'), ('speech', 'indirect'),
        ('part', 'lead'), ('part', 'body'),
        ('place_from', 'attached'), ('place_from', 'sentence'), ('place_from', 'previous sentence'),
        ('place_from', 'dateline'),
        ('date_precision', 'day'), ('date_precision', 'week'), ('date_precision', 'month'),
        ('date_precision', 'season'), ('date_precision', 'quarter'), ('date_precision', 'year'),
        ('date_precision', 'decade'), ('date_precision', 'span'),
        ('fate', 'killed'), ('fate', 'wounded'), ('fate', 'missing'), ('fate', 'arrested'), ('fate', 'captured'),
        ('fate', 'displaced'), ('fate', 'kidnapped'), ('fate', 'evacuated'), ('fate', 'rescued'), ('fate', 'freed'),
        ('fate', 'infected'), ('fate', 'destroyed'),
        ('source', 'json-ld'), ('source', 'meta'), ('source', 'html'), ('source', 'text'), ('source', 'feed'),
        ('source', 'address'),
        ('precision', 'second'), ('precision', 'minute'), ('precision', 'day'), ('precision', 'month'),
        ('precision', 'year'),
        ('verdict', 'right'), ('verdict', 'wrong'), ('verdict', 'withdrawn'),
        ('standing', 'still right'), ('standing', 'now right'), ('standing', 'still wrong'), ('standing', 'changed'),
        ('standing', 'gone'), ('standing', 'text gone'),
        ('wrong', 'event'), ('wrong', 'type'), ('wrong', 'mode'), ('wrong', 'actor'), ('wrong', 'recipient'),
        ('wrong', 'place'), ('wrong', 'date'), ('wrong', 'toll'), ('wrong', 'truth'),
        ('label', 'PERSON'), ('label', 'NORP'), ('label', 'FAC'), ('label', 'ORG'), ('label', 'GPE'), ('label', 'LOC'),
        ('label', 'PRODUCT'), ('label', 'EVENT'), ('label', 'WORK_OF_ART'), ('label', 'LAW'), ('label', 'LANGUAGE'),
        ('label', 'DATE'), ('label', 'TIME'), ('label', 'PERCENT'), ('label', 'MONEY'), ('label', 'QUANTITY'),
        ('label', 'ORDINAL'), ('label', 'CARDINAL'), ('label', 'GROUP')
), told (table_name, column_name, kind, value, row_id, times) AS (
    SELECT 'label', 'verdict', 'verdict', verdict, min(label_id), count(*) FROM label GROUP BY verdict
    UNION ALL
    SELECT 'label', 'standing', 'standing', standing, min(label_id), count(*) FROM label GROUP BY standing
    UNION ALL
    SELECT 'label', 'wrong', 'wrong', part, min(label_id), count(*)
    FROM (SELECT label_id, unnest(wrong) AS part FROM label)
    GROUP BY part
    UNION ALL
    SELECT 'mention', 'label', 'label', label, min(mention_id), count(*) FROM mention GROUP BY label
    UNION ALL
    SELECT 'quantity', 'fate', 'fate', fate, min(quantity_id), count(*) FROM quantity GROUP BY fate
    UNION ALL
    SELECT 'event_mention', 'speech', 'speech', speech, min(event_mention_id), count(*) FROM event_mention GROUP BY speech
    UNION ALL
    SELECT 'event_mention', 'part', 'part', part, min(event_mention_id), count(*) FROM event_mention GROUP BY part
    UNION ALL
    SELECT 'event_mention', 'place_from', 'place_from', place_from, min(event_mention_id), count(*)
    FROM event_mention
    GROUP BY place_from
    UNION ALL
    SELECT 'event_mention', 'date_precision', 'date_precision', date_precision, min(event_mention_id), count(*)
    FROM event_mention
    GROUP BY date_precision
    UNION ALL
    SELECT 'event', 'date_precision', 'date_precision', date_precision, min(event_id), count(*)
    FROM event
    GROUP BY date_precision
    UNION ALL
    SELECT 'article', 'published_source', 'source', published_source, min(article_id), count(*)
    FROM article
    GROUP BY published_source
    UNION ALL
    SELECT 'article', 'modified_source', 'source', modified_source, min(article_id), count(*)
    FROM article
    GROUP BY modified_source
    UNION ALL
    SELECT 'article', 'published_precision', 'precision', published_precision, min(article_id), count(*)
    FROM article
    GROUP BY published_precision
    UNION ALL
    SELECT 'article', 'modified_precision', 'precision', modified_precision, min(article_id), count(*)
    FROM article
    GROUP BY modified_precision
)
SELECT table_name, column_name, value, row_id, times
FROM told
ANTI JOIN allowed USING (kind, value)
WHERE value IS NOT NULL;
