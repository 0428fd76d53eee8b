-- Articles of each segment that are found in it, and those that are in none.
SELECT segment, count(i.article_id) AS articles FROM segment LEFT JOIN indexed AS i USING (segment) GROUP BY segment
UNION ALL
SELECT NULL, count(*) FROM (FROM wanted ANTI JOIN indexed USING (article_id));
