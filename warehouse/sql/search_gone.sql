-- Segments that no article belongs to any more.
SELECT segment FROM segment ANTI JOIN wanted USING (segment);
