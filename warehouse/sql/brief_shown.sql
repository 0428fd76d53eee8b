-- The first of them with sentence, article and address.
CREATE OR REPLACE TEMP TABLE brief_shown AS
SELECT b.number, f.*
FROM (SELECT event_id, number FROM brief_event WHERE number <= $most) AS b
JOIN event_feed AS f USING (event_id);
