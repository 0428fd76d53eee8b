-- The segment is whole.
INSERT INTO segment
SELECT segment, max(day), bit_xor(fingerprint) FROM wanted WHERE segment = $segment GROUP BY segment;
