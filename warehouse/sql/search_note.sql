-- The segment is whole.
INSERT INTO segment SELECT 'SEGMENT', max(day) FROM fresh WHERE part = getvariable('part');
INSERT INTO indexed SELECT article_id, fingerprint, 'SEGMENT' FROM fresh WHERE part = getvariable('part');
