-- Only what an article with a headline tells is in its headline or not, and events of one happening agree on it.
SELECT m.event_mention_id, m.article_id, m.happening, m.in_headline, a.title
FROM event_mention AS m
JOIN article AS a USING (article_id)
WHERE m.in_headline IS NOT NULL AND coalesce(trim(a.title), '') = ''
UNION ALL
SELECT min(event_mention_id), article_id, happening, bool_or(in_headline), NULL
FROM event_mention
WHERE happening IS NOT NULL
GROUP BY article_id, happening
HAVING bool_or(in_headline) <> bool_and(in_headline);
