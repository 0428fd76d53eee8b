-- Articles in the order of publication, each with how it stands to the reports before it.
SELECT
    a.article_id, a.title, a.agency, a.feed_id, a.url, a.published_at, a.version, a.is_latest, m.story_id, m.relation,
    m.similarity, m.copied_from, round(epoch(a.published_at - s.first_published_at) / 60, 1) AS minutes_after_first
FROM article AS a
LEFT JOIN story_article AS m ON m.article_id = a.article_id
LEFT JOIN story AS s ON s.story_id = m.story_id
WHERE list_contains(CAST($articles AS VARCHAR[]), a.article_id)
ORDER BY m.relation IS DISTINCT FROM 'first', a.published_at NULLS LAST, a.url, a.version;
