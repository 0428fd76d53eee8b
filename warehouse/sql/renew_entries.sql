-- An entry that says something else, has a later date of change or a higher version is work again: at once for the
-- first time, then ever later (15 min, 30 …), since some feeds change a word in every poll.
CREATE OR REPLACE TEMP TABLE renewed AS
SELECT entry.feed_id, entry.entry_id
FROM entry, batch
WHERE entry.feed_id = batch.feed_id
  AND entry.entry_id = batch.entry_id
  AND (batch.content_id <> entry.content_id
       OR batch.updated_at > coalesce(entry.updated_at, entry.published_at)
       OR batch.entry_version > entry.entry_version)
  AND coalesce(batch.entry_version >= entry.entry_version, true);

UPDATE entry SET
    url = batch.url, link = batch.link, title = batch.title, summary = batch.summary,
    content_html = batch.content_html, content_id = batch.content_id, full_text = batch.full_text,
    authors = batch.authors, categories = batch.categories,
    published_at = coalesce(batch.published_at, entry.published_at),
    published_raw = CASE WHEN batch.published_at IS NULL THEN entry.published_raw ELSE batch.published_raw END,
    updated_at = batch.updated_at, entry_version = batch.entry_version, item_status = batch.item_status,
    embargoed_until = batch.embargoed_until, urgency = batch.urgency, subjects = batch.subjects,
    agency = batch.agency, slug = batch.slug,
    status = batch.status, reason = batch.reason, stage = NULL, attempts = 0, run_id = batch.run_id,
    renewals = entry.renewals + CASE WHEN entry.status = 'pending' THEN 0 ELSE 1 END,
    next_attempt_at = greatest(batch.embargoed_until, CASE
        WHEN entry.status = 'pending' AND entry.next_attempt_at IS DISTINCT FROM entry.embargoed_until
        THEN entry.next_attempt_at
        WHEN entry.status = 'pending' THEN NULL -- it waited for an embargo, which the batch knows better
        WHEN entry.renewals > 0 THEN batch.first_seen_at + to_seconds(450 * 2 ** least(entry.renewals, 8))
    END)
FROM batch, renewed
WHERE entry.feed_id = batch.feed_id AND entry.entry_id = batch.entry_id
  AND renewed.feed_id = batch.feed_id AND renewed.entry_id = batch.entry_id;

SELECT feed_id FROM renewed;
