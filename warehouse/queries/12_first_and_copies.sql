-- Which outlet was first, who copied it, and how much later?
-- By the times of publication that pages give. A copy has the earlier words; a rewrite tells the same in others.
SELECT
    story_title AS story, feed_id AS outlet, relation, minutes_after_first AS minutes_later,
    round(similarity, 2) AS alike, title
FROM story_timeline
WHERE is_latest AND article_count > 1
ORDER BY article_count DESC, story, story_id, published_at, url
LIMIT 6;
