-- Who showed one address first.
SELECT feed_id, minutes_after_first FROM sightings WHERE url = getvariable('url');
