-- Who said what of one actor in a month.
SELECT published_at, speaker, sentence_text FROM quotes WHERE list_contains(about_ids, getvariable('actor_id')) AND event_day >= getvariable('month') ORDER BY published_at;
