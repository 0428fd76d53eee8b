-- Which of these files of a watched folder have been read.
SELECT file_name, size_bytes, modified_ns
FROM drop_file
WHERE feed_id = $feed_id AND file_name IN (SELECT unnest($names));
