-- How far these files of archives were read, with that choice of languages.
SELECT
    file_path, languages, feed_id, size_bytes, modified_ns, position, position_unit, is_done, pages_loaded, pages_known,
    pages_failed, passed_over
FROM backfill_file
WHERE languages = $languages AND file_path IN (SELECT unnest($paths));
