-- Articles whose item the agency has killed do not stand any more; one that it sends again does. Their stories.
CREATE OR REPLACE TEMP TABLE killed AS
SELECT a.article_id
FROM entry AS e
JOIN article AS a ON a.article_id = e.article_id
WHERE e.item_status IN ('canceled', 'withheld')
UNION
SELECT a.article_id
FROM entry AS e
JOIN article AS a ON a.url = e.url AND a.loaded_at <= e.first_seen_at
WHERE e.item_status IN ('canceled', 'withheld') AND e.article_id IS NULL;

CREATE OR REPLACE TEMP TABLE revoked AS
SELECT article_id, true AS dies FROM article JOIN killed USING (article_id) WHERE is_latest
UNION ALL
SELECT a.article_id, false
FROM article AS a
ANTI JOIN killed USING (article_id)
ANTI JOIN article AS later ON later.supersedes = a.article_id
WHERE a.withdrawn_at IS NOT NULL;

UPDATE article SET is_latest = NOT revoked.dies, withdrawn_at = CASE WHEN revoked.dies THEN now() END
FROM revoked
WHERE article.article_id = revoked.article_id;

UPDATE event_mention SET event_day = NULL FROM revoked WHERE event_mention.article_id = revoked.article_id;

SELECT DISTINCT story_id FROM revoked JOIN story_article USING (article_id);
