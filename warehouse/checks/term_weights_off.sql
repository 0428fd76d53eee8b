-- The squares of an article's term weights add up to 1, each term once.
SELECT article_id, round(sum(weight * weight), 3) AS sum_of_squares, count(*) - count(DISTINCT term) AS repeated
FROM article_term
GROUP BY article_id
HAVING abs(sum(weight * weight) - 1) > 0.01 OR count(*) <> count(DISTINCT term);
