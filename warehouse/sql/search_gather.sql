-- The texts of one segment. Between its first and last loading: of what was loaded at other times no text is read.
SET VARIABLE loaded = (SELECT [min(loaded_at), max(loaded_at)] FROM fresh WHERE part = getvariable('part'));
CREATE OR REPLACE TABLE SEGMENT AS
SELECT article_id, title, text
FROM warehouse.article
SEMI JOIN (FROM fresh WHERE part = getvariable('part')) USING (article_id)
WHERE loaded_at BETWEEN getvariable('loaded')[1] AND getvariable('loaded')[2];
