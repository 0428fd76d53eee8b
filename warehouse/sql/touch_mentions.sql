-- Event mentions of these articles are grouped again.
UPDATE event_mention SET event_day = NULL FROM batch WHERE event_mention.article_id = batch.article_id;
