-- The texts of one segment.
CREATE OR REPLACE TABLE SEGMENT AS
SELECT article_id, title, text FROM warehouse.article SEMI JOIN (FROM wanted WHERE segment = 'SEGMENT') USING (article_id);
