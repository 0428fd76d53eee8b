-- A story has articles, one of them its first report; an article in a story is in one that is there.
SELECT m.story_id, m.article_id, 'no such story' AS what
FROM story_article AS m
ANTI JOIN story AS s USING (story_id)
UNION ALL
SELECT s.story_id, s.first_article_id, 'its first article is not its first report'
FROM story AS s
ANTI JOIN story_article AS m
    ON m.story_id = s.story_id AND m.article_id = s.first_article_id AND m.relation = 'first'
UNION ALL
SELECT story_id, max(article_id), 'more than one first report'
FROM story_article
WHERE relation = 'first'
GROUP BY story_id
HAVING count(*) > 1;
