-- The texts of one segment.
CREATE OR REPLACE TABLE SEGMENT AS
SELECT article_id, title, text
FROM warehouse.article
SEMI JOIN (FROM fresh WHERE part = getvariable('part')) USING (article_id);
