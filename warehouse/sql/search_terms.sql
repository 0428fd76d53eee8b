-- The words that are asked for, and as the index has them.
SELECT word, stem(word, 'porter') AS term
FROM (SELECT unnest(string_split_regex(lower(strip_accents($words)), '[^\p{L}\p{N}]+')) AS word)
WHERE word <> '';
