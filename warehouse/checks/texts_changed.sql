-- A text is the one that was loaded: its SHA-256 and its length are those that were noted.
-- Heavy: reads every text.
SELECT article_id, url, text_sha256, character_count, length(text) AS characters
FROM article
WHERE sha256(text) <> text_sha256 OR length(text) <> character_count OR len(removed) <> removed_count;
