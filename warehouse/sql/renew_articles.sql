-- The same text read again: its columns are those of the new reading.
UPDATE article SET
    title = batch.title, byline = batch.byline, agency = batch.agency, dateline = batch.dateline,
    dateline_date = batch.dateline_date, published_at = batch.published_at,
    published_source = batch.published_source, published_precision = batch.published_precision,
    modified_at = batch.modified_at, modified_source = batch.modified_source,
    modified_precision = batch.modified_precision, language = batch.language, section = batch.section,
    image_url = batch.image_url, update_number = batch.update_number, marks = batch.marks,
    corrections = batch.corrections, flags = batch.flags, removed = batch.removed, extractor = batch.extractor,
    character_count = batch.character_count, removed_count = batch.removed_count, link_share = batch.link_share,
    second_ratio = batch.second_ratio, second_overlap = batch.second_overlap, quality_score = batch.quality_score,
    extract_reason = batch.extract_reason, extract_ms = batch.extract_ms,
    run_id = batch.run_id
FROM batch
WHERE article.article_id = batch.article_id;
