-- What some events cost, by whom it is said: of each independent report and person who is quoted the count. They are
-- found by a list: a join would unfold the tolls of all events first.
WITH claim AS (
    SELECT
        event_id, fate, toll_low, toll_high, attribution, origin_article_id,
        count(DISTINCT article_id) AS articles,
        arg_min({'agency': agency, 'url': url, 'title': title}, (published_at, article_id)) AS source
    FROM casualties
    WHERE list_contains(CAST($events AS VARCHAR[]), event_id)
    GROUP BY event_id, fate, toll_low, toll_high, attribution, origin_article_id
)
SELECT
    b.number, c.fate, in_numbers(min(c.toll_low), at_most(c.toll_low, c.toll_high)) AS toll,
    list_sort(list({
        'toll_low': c.toll_low, 'toll': in_numbers(c.toll_low, c.toll_high), 'agency': c.source.agency,
        'attribution': c.attribution, 'title': c.source.title, 'url': c.source.url, 'articles': c.articles
    })) AS claims
FROM claim AS c
JOIN brief_shown AS b USING (event_id)
GROUP BY b.number, c.fate, b.killed_low, b.killed_high
ORDER BY coalesce(b.killed_high, b.killed_low) DESC NULLS LAST, b.number,
    list_position(['killed', 'wounded', 'arrested', 'captured', 'displaced'], c.fate);
