-- The versions of an address are 1, 2, 3 …, each once.
SELECT url, count(*) AS texts, count(DISTINCT version) AS versions, min(version) AS lowest, max(version) AS highest
FROM article
GROUP BY url
HAVING min(version) <> 1 OR max(version) <> count(*) OR count(DISTINCT version) <> count(*);
