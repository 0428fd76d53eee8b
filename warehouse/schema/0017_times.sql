-- An event is of a day within the time that its reports give, and open counts stay open; a story's sites, feeds and
-- agencies are those of texts that stand. What was grouped before is set right where it stands; reports of different times
-- that were made one event are parted, and an agency's names become one, when they are grouped again.

ALTER TABLE event_mention ADD COLUMN grouped_on DATE;
UPDATE event_mention SET
    grouped_on = CASE WHEN date_end - date_start <= 1 THEN date_end ELSE event_day END,
    event_day = least(greatest(event_day, date_start), date_end)
WHERE event_day IS NOT NULL;
UPDATE event SET event_day = least(greatest(event_day, date_start), date_end);
UPDATE event SET
    killed_high = CASE WHEN NOT open.killed THEN killed_high END,
    wounded_high = CASE WHEN NOT open.wounded THEN wounded_high END,
    arrested_high = CASE WHEN NOT open.arrested THEN arrested_high END,
    captured_high = CASE WHEN NOT open.captured THEN captured_high END,
    displaced_high = CASE WHEN NOT open.displaced THEN displaced_high END
FROM (
    SELECT
        m.event_id, bool_or(m.killed_low IS NOT NULL AND m.killed_high IS NULL) AS killed,
        bool_or(m.wounded_low IS NOT NULL AND m.wounded_high IS NULL) AS wounded,
        bool_or(m.arrested_low IS NOT NULL AND m.arrested_high IS NULL) AS arrested,
        bool_or(m.captured_low IS NOT NULL AND m.captured_high IS NULL) AS captured,
        bool_or(m.displaced_low IS NOT NULL AND m.displaced_high IS NULL) AS displaced
    FROM event_mention AS m
    JOIN article AS a USING (article_id)
    WHERE m.event_id IS NOT NULL AND a.is_latest
    GROUP BY m.event_id
) AS open
WHERE event.event_id = open.event_id
  AND (open.killed OR open.wounded OR open.arrested OR open.captured OR open.displaced);

UPDATE story SET outlet_count = told.outlets, feed_count = greatest(told.feeds, told.feeds_seen), agencies = told.agencies
FROM (
    SELECT
        m.story_id, count(DISTINCT e.feed_id) AS feeds_seen, count(DISTINCT a.feed_id) AS feeds,
        count(DISTINCT regexp_extract(a.url, '^[a-z]+://(?:www\.)?([^/:]+)', 1)) AS outlets,
        coalesce(list(DISTINCT a.agency ORDER BY a.agency) FILTER (a.agency IS NOT NULL), []) AS agencies
    FROM story_article AS m
    JOIN article AS a USING (article_id)
    LEFT JOIN entry AS e USING (article_id)
    WHERE a.is_latest
    GROUP BY m.story_id
) AS told
WHERE story.story_id = told.story_id;
UPDATE story SET outlet_count = 0, feed_count = 0, agencies = [] WHERE article_count = 0;

COMMENT ON COLUMN event_mention.grouped_on IS 'Day of publication, UTC, else of loading: only days close by are compared. Where the text gives a day or two, the last of them. NULL: not grouped yet.';
COMMENT ON COLUMN event_mention.event_day IS 'Day that it is counted to, UTC. The one that the text gives; of a longer time the day that is nearest to the report; without a date that of publication or loading. NULL: not grouped yet.';
COMMENT ON COLUMN event.event_day IS 'Day that it is counted to, UTC. As the report has it that dates the event most narrowly: within date_start to date_end where there are dates.';
COMMENT ON COLUMN event.date_start IS 'First day that is meant. By the report that dates it most narrowly; NULL when no report gives one.';
COMMENT ON COLUMN event.date_end IS 'Last day that is meant. By the report that dates it most narrowly; NULL when no report gives one.';
COMMENT ON COLUMN event.killed_high IS 'At most so many killed. The greatest number that any report gives; NULL where one is open ("at least 30").';
COMMENT ON COLUMN event.wounded_high IS 'At most so many wounded. The greatest number that any report gives; NULL where one is open ("at least 30").';
COMMENT ON COLUMN event.arrested_high IS 'At most so many arrested. The greatest number that any report gives; NULL where one is open ("at least 30").';
COMMENT ON COLUMN event.captured_high IS 'At most so many captured. The greatest number that any report gives; NULL where one is open ("at least 30").';
COMMENT ON COLUMN event.displaced_high IS 'At most so many displaced. The greatest number that any report gives; NULL where one is open ("at least 30").';
COMMENT ON COLUMN story.outlet_count IS 'Sites that carry it, by host name. Texts that stand.';
COMMENT ON COLUMN story.feed_count IS 'Feeds that carry it. Texts that stand.';
COMMENT ON COLUMN story.agencies IS 'News agencies and publishers behind its texts, each once. Texts that stand; of the ways in which a name is written there ("Meridian", "Meridian News Agency") the commonest.';
COMMENT ON COLUMN event.agencies IS 'News agencies and publishers behind its texts, each once. Texts that stand; of the ways in which a name is written there the commonest.';
