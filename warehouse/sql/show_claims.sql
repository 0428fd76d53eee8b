-- Who says what some events cost: of each independent report and person who is quoted the count, with the first article
-- that has it.
WITH claim AS (
    SELECT
        event_id, fate, toll_low, toll_high, attribution, origin_article_id, count(DISTINCT article_id) AS articles,
        arg_min({'agency': agency, 'article_id': article_id, 'url': url}, (published_at, article_id)) AS source
    FROM casualties
    WHERE list_contains(CAST($events AS VARCHAR[]), event_id)
    GROUP BY event_id, fate, toll_low, toll_high, attribution, origin_article_id
)
SELECT
    event_id, fate, toll_low, toll_high, attribution, source.agency AS agency, source.article_id AS article_id,
    source.url AS url, articles
FROM claim
ORDER BY list_position(CAST($events AS VARCHAR[]), event_id),
    list_position(['killed', 'wounded', 'arrested', 'captured', 'displaced'], fate),
    articles DESC, toll_low, toll_high, attribution, article_id;
