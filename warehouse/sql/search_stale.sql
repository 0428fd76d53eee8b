-- Segments that are missing, or whose articles are other ones than when they were made.
SELECT w.segment
FROM (SELECT segment, bit_xor(fingerprint) AS fingerprint FROM wanted GROUP BY segment) AS w
LEFT JOIN segment AS s USING (segment)
WHERE s.fingerprint IS DISTINCT FROM w.fingerprint
ORDER BY w.segment;
