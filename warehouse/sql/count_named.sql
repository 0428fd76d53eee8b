-- What turned articles name is counted, or not any more. Their days are to be counted anew.
CREATE OR REPLACE TEMP TABLE named AS
SELECT m.entity_id, m.article_id, m.office, t.run_id, sum(t.sign) AS mentions, any_value(t.sign) AS sign
FROM mention AS m
JOIN turned AS t USING (article_id)
WHERE m.entity_id IS NOT NULL
GROUP BY m.entity_id, m.article_id, m.office, t.run_id;

UPDATE entity SET
    mentions = coalesce(entity.mentions, 0) + told.mentions, articles = coalesce(entity.articles, 0) + told.articles
FROM (
    SELECT entity_id, sum(mentions) AS mentions, sum(sign) AS articles
    FROM (SELECT entity_id, any_value(sign) AS sign, sum(mentions) AS mentions FROM named GROUP BY entity_id, article_id)
    GROUP BY entity_id
) AS told
WHERE entity.entity_id = told.entity_id;

CREATE OR REPLACE TEMP TABLE told AS
SELECT entity_id, office, run_id, sum(mentions) AS mentions
FROM named
WHERE office IS NOT NULL
GROUP BY entity_id, office, run_id
HAVING sum(mentions) <> 0;

DELETE FROM entity_office USING told
WHERE entity_office.entity_id = told.entity_id AND entity_office.office = told.office
  AND entity_office.mentions + told.mentions = 0;

MERGE INTO entity_office
USING told
ON entity_office.entity_id = told.entity_id AND entity_office.office = told.office
WHEN MATCHED THEN UPDATE SET mentions = entity_office.mentions + told.mentions, run_id = told.run_id
WHEN NOT MATCHED AND told.mentions > 0 THEN INSERT BY NAME;

DELETE FROM entity_day
WHERE named_on IN (SELECT day_of_report(published_at, loaded_at) FROM article JOIN turned USING (article_id));

UPDATE article SET is_counted = turned.sign > 0 FROM turned WHERE article.article_id = turned.article_id;
DROP TABLE named;
DROP TABLE told;
DROP TABLE turned;
