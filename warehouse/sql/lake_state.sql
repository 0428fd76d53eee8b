-- A lake's newest snapshot, the bytes of its data files, and how many files the table of most files has.
SELECT
    (SELECT id FROM lake.current_snapshot()) AS snapshot,
    coalesce(sum(file_size_bytes + delete_file_size_bytes), 0)::BIGINT AS size,
    coalesce(max(file_count + delete_file_count), 0) AS crumbs
FROM ducklake_table_info('lake');
