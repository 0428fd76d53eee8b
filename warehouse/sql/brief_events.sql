-- The events that a brief shows, the most reported first.
SELECT
    number, event_id, event_day, coalesce(date_start, date_end) IS NOT NULL AS is_dated, event_type, mode, quad,
    actors, recipients, place_name, admin1, country, actor_country, recipient_country, place_precision,
    in_numbers(killed_low, killed_high) AS killed, in_numbers(wounded_low, wounded_high) AS wounded,
    report_count, article_count, attribution, sentence_text, title, agency, url, first_reported_at
FROM brief_shown
ORDER BY number;
