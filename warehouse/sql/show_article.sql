-- An article, with the name of its feed and when its page was fetched.
SELECT
    a.article_id, a.url, a.version, a.is_latest, a.withdrawn_at, a.title, a.byline, a.agency, a.feed_id, f.feed_title,
    a.dateline, a.dateline_date, a.published_at, a.published_source, a.published_precision, a.modified_at, c.fetched_at,
    a.loaded_at, a.language, a.word_count, a.quality_score, a.marks, a.flags, a.corrections, a.tag_status, a.text
FROM article AS a
LEFT JOIN feed AS f ON f.feed_id = a.feed_id
LEFT JOIN capture AS c ON c.capture_id = a.capture_id
WHERE a.article_id = $id;
