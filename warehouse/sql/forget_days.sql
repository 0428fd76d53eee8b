-- Days of articles that are copies of others, or none, otherwise than before: they are to be counted anew.
DELETE FROM entity_day
WHERE named_on IN (SELECT day_of_report(published_at, loaded_at) FROM article JOIN batch USING (article_id));
