-- The feeds' own rows.
UPDATE feed
SET feed_url = masked(feed_url), listed_url = masked(listed_url), move_url = masked(move_url),
    last_error = masked_text(last_error)
WHERE feed_id IN (FROM secret_feed);

UPDATE feed_address SET feed_url = masked(feed_url) WHERE feed_id IN (FROM secret_feed);

-- What is told of asking them.
UPDATE poll
SET asked_url = masked(asked_url), final_url = masked(final_url), detail = masked_text(detail),
    problems = CASE
        WHEN len(problems) > 0 THEN string_split(masked_text(array_to_string(problems, chr(30))), chr(30))
        ELSE problems
    END
WHERE feed_id IN (FROM secret_feed);

UPDATE failure
SET url = masked(url), detail = masked_text(detail)
WHERE feed_id IN (FROM secret_feed) OR url IN (FROM secret_url);

-- What they showed, wherever it stands.
UPDATE entry
SET url = masked(url), link = masked(link), guid = masked(guid),
    summary = masked_text(summary), content_html = masked_text(content_html)
WHERE feed_id IN (FROM secret_feed) OR url IN (FROM secret_url) OR link IN (FROM secret_url) OR guid IN (FROM secret_url);

UPDATE capture
SET url = masked(url), final_url = masked(final_url)
WHERE url IN (FROM secret_url) OR final_url IN (FROM secret_url);

UPDATE article
SET url = masked(url), image_url = masked(image_url)
WHERE url IN (FROM secret_url) OR image_url IN (FROM secret_url);

UPDATE article_claim SET claim = masked(claim) WHERE claim IN (FROM secret_url);

UPDATE run SET error = masked_text(error) WHERE error IS NOT NULL;
