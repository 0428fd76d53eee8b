-- How many events are chosen, and how many reports they have.
SELECT
    (SELECT count(*) FROM chosen) AS events,
    (SELECT count(*) FROM event_reports SEMI JOIN chosen USING (event_id)) AS reports;
