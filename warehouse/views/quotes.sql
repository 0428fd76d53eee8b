-- Who said what about whom: one row a coded sentence that the latest articles put into somebody's mouth.
--   SELECT published_at, speaker, sentence_text FROM quotes WHERE speaker ILIKE '%governor%' ORDER BY published_at;
CREATE OR REPLACE VIEW quotes AS
SELECT
    a.published_at, m.attribution AS speaker, m.speech, m.event_type, m.mode, m.polarity, m.modality,
    coalesce(list_transform(
        list_filter(p.parties, lambda party: lower(party.words) <> lower(m.attribution)), lambda party: party.words
    ), []) AS about,
    coalesce(list_transform(
        list_filter(p.parties, lambda party: party.entity IS NOT NULL AND lower(party.words) <> lower(m.attribution)),
        lambda party: party.entity
    ), []) AS about_ids,
    m.sentence_text, l.place_name, l.country, a.agency, a.title, a.url, m.event_day, m.event_id, m.article_id,
    m.event_mention_id
FROM event_mention AS m
JOIN article AS a USING (article_id)
LEFT JOIN place AS l USING (place_id)
LEFT JOIN LATERAL ( -- the speaker is left out above: a filter here on both tables would read the month's sentences twice
    SELECT list_sort(list({
        'acted_on': role = 'recipient', 'ordinal': ordinal, 'words': participant_text, 'entity': entity_id
    })) AS parties
    FROM event_participant
    WHERE event_participant.event_mention_id = m.event_mention_id
) AS p ON true
WHERE a.is_latest AND m.attribution IS NOT NULL;
COMMENT ON VIEW quotes IS 'Who said what about whom: one row a coded sentence that the latest articles put into somebody''s mouth, denied and planned deeds included.';
COMMENT ON COLUMN quotes.speaker IS 'Who says so, as written.';
COMMENT ON COLUMN quotes.about IS 'Actors and then recipients of what is told, as written, without the speaker.';
COMMENT ON COLUMN quotes.about_ids IS 'Entities among them.';
