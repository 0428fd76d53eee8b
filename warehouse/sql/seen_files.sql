-- Files of a watched folder that have been read.
SELECT file_name, size_bytes, modified_ns
FROM drop_file
WHERE feed_id = $feed_id;
