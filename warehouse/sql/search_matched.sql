-- The words of an article that stand for words that were asked for.
SELECT DISTINCT word
FROM (
    SELECT unnest(regexp_extract_all(concat_ws(' ', title, text), '[\p{L}\p{N}\p{M}]+')) AS word
    FROM warehouse.article
    WHERE article_id = $article_id
)
WHERE list_contains($terms, stem(lower(strip_accents(word)), 'porter'));
