-- Who did what to whom, where, when and says who: one row a report, that is a coded sentence of the latest articles.
-- Also what is denied, planned or supposed, which is in no event. Of a big warehouse ask for days, a country or an event:
-- the parties are gathered for those rows alone.
--   SELECT attribution, sentence_text FROM event_reports WHERE event_type = 'THREATEN' AND modality = 'actual';
--   FROM event_reports WHERE in_headline AND modality = 'actual'; -- what the articles are about
CREATE OR REPLACE VIEW event_reports AS
SELECT
    m.event_id, m.event_mention_id, m.event_type, m.mode, m.quad, m.scale,
    coalesce(list_transform(p.actors, lambda party: party.words), []) AS actors,
    list_filter(p.actors, lambda party: party.country IS NOT NULL)[1].country AS actor_country,
    list_filter(p.actors, lambda party: party.sector IS NOT NULL)[1].sector AS actor_sector,
    coalesce(list_transform(p.recipients, lambda party: party.words), []) AS recipients,
    list_filter(p.recipients, lambda party: party.country IS NOT NULL)[1].country AS recipient_country,
    list_filter(p.recipients, lambda party: party.sector IS NOT NULL)[1].sector AS recipient_sector,
    l.place_name, l.country, l.admin1, l.latitude, l.longitude, l.feature, m.place_from,
    m.date_start, m.date_end, m.date_precision, CAST(a.published_at AT TIME ZONE 'UTC' AS DATE) AS reported_on,
    m.killed_low, m.killed_high, m.wounded_low, m.wounded_high, m.arrested_low, m.arrested_high,
    m.captured_low, m.captured_high, m.displaced_low, m.displaced_high,
    m.polarity, m.modality, m.attribution, m.speech, m.part, m.in_headline, m.happening, m.confidence, m.rule,
    m.trigger_text, m.sentence_text, m.article_id, sa.story_id, a.agency, a.url, m.event_day
FROM event_mention AS m
JOIN article AS a USING (article_id)
LEFT JOIN place AS l USING (place_id)
LEFT JOIN story_article AS sa ON sa.article_id = m.article_id
LEFT JOIN LATERAL ( -- lists are sorted when they are whole: an ordered aggregate takes five times as long
    SELECT
        list_sort(list({'ordinal': ordinal, 'words': participant_text, 'country': country, 'sector': sector})
            FILTER (role = 'actor')) AS actors,
        list_sort(list({'ordinal': ordinal, 'words': participant_text, 'country': country, 'sector': sector})
            FILTER (role = 'recipient')) AS recipients
    FROM event_participant
    WHERE event_participant.event_mention_id = m.event_mention_id
) AS p ON true
WHERE a.is_latest;
COMMENT ON VIEW event_reports IS 'Who did what to whom, where, when and says who: one row a report, that is a coded sentence of the latest articles.';
