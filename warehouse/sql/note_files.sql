-- Files that have been read now, whether or not anything could be made of them.
MERGE INTO drop_file
USING batch
ON drop_file.feed_id = batch.feed_id AND drop_file.file_name = batch.file_name
WHEN MATCHED THEN UPDATE BY NAME
WHEN NOT MATCHED THEN INSERT BY NAME;
