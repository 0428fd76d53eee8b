-- What it cost, by whom it is said: the deadliest of the events that are shown, and of each independent report and
-- person who is quoted the count.
WITH chosen AS (
    SELECT event_id, number, killed_low, killed_high
    FROM brief_shown
    WHERE coalesce(killed_low, wounded_low, arrested_low, captured_low, displaced_low) IS NOT NULL
    ORDER BY coalesce(killed_high, killed_low) DESC NULLS LAST, number
    LIMIT $rows
), claim AS (
    SELECT
        c.number, k.fate, k.toll_low, k.toll_high, k.attribution, k.origin_article_id,
        count(DISTINCT k.article_id) AS articles,
        arg_min(k.agency, (k.published_at, k.article_id)) AS agency, arg_min(k.url, (k.published_at, k.article_id)) AS url,
        arg_min(k.title, (k.published_at, k.article_id)) AS title
    FROM chosen AS c
    JOIN casualties AS k USING (event_id)
    GROUP BY c.number, k.fate, k.toll_low, k.toll_high, k.attribution, k.origin_article_id
)
SELECT
    number, fate, in_numbers(min(toll_low), at_most(toll_low, toll_high)) AS toll,
    list_sort(list({
        'toll_low': toll_low, 'toll': in_numbers(toll_low, toll_high), 'agency': agency, 'attribution': attribution,
        'title': title, 'url': url, 'articles': articles
    })) AS claims
FROM claim
JOIN chosen USING (number)
GROUP BY number, fate, killed_low, killed_high
ORDER BY coalesce(killed_high, killed_low) DESC NULLS LAST, number,
    list_position(['killed', 'wounded', 'arrested', 'captured', 'displaced'], fate);
