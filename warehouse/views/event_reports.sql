-- Who did what to whom, where, when and says who: one row a report, that is a coded sentence of the latest articles.
-- Also what is denied, planned or supposed, which is in no event.
--   SELECT attribution, sentence_text FROM event_reports WHERE event_type = 'THREATEN' AND modality = 'actual';
CREATE OR REPLACE VIEW event_reports AS
SELECT
    m.event_id, m.event_mention_id, m.event_type, m.mode, m.quad, m.scale,
    coalesce(p.actors, []) AS actors, p.actor_country, p.actor_sector,
    coalesce(p.recipients, []) AS recipients, p.recipient_country, p.recipient_sector,
    l.place_name, l.country, l.admin1, l.latitude, l.longitude, l.feature, m.place_from,
    m.date_start, m.date_end, m.date_precision, CAST(a.published_at AT TIME ZONE 'UTC' AS DATE) AS reported_on,
    m.killed_low, m.killed_high, m.wounded_low, m.wounded_high, m.arrested_low, m.arrested_high,
    m.captured_low, m.captured_high, m.displaced_low, m.displaced_high,
    m.polarity, m.modality, m.attribution, m.speech, m.part, m.happening, m.confidence, m.rule,
    m.trigger_text, m.sentence_text, m.article_id, sa.story_id, a.agency, a.url, m.event_day
FROM event_mention AS m
JOIN article AS a USING (article_id)
LEFT JOIN place AS l USING (place_id)
LEFT JOIN story_article AS sa ON sa.article_id = m.article_id
LEFT JOIN LATERAL ( -- not a join with a group of all participants: only those of the reports asked for are gathered
    SELECT
        list(participant_text ORDER BY ordinal) FILTER (role = 'actor') AS actors,
        list(participant_text ORDER BY ordinal) FILTER (role = 'recipient') AS recipients,
        arg_min(country, ordinal) FILTER (role = 'actor') AS actor_country,
        arg_min(sector, ordinal) FILTER (role = 'actor') AS actor_sector,
        arg_min(country, ordinal) FILTER (role = 'recipient') AS recipient_country,
        arg_min(sector, ordinal) FILTER (role = 'recipient') AS recipient_sector
    FROM event_participant
    WHERE event_participant.event_mention_id = m.event_mention_id
) AS p ON true
WHERE a.is_latest;
COMMENT ON VIEW event_reports IS 'Who did what to whom, where, when and says who: one row a report, that is a coded sentence of the latest articles.';
