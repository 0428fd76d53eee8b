-- The segment is whole.
INSERT INTO segment VALUES ('SEGMENT');
INSERT INTO indexed
SELECT f.article_id, f.fingerprint, 'SEGMENT', d.docid, d.len
FROM fresh AS f
JOIN fts_main_SEGMENT.docs AS d ON d.name = f.article_id
WHERE f.part = getvariable('part');
