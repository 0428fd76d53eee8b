-- What the headline tells, too: what an article is about, apart from what it tells besides.

ALTER TABLE event_mention ADD COLUMN in_headline BOOLEAN;
COMMENT ON COLUMN event_mention.in_headline IS 'Whether the headline tells of it, too: the same deed, by parties that can be the same. NULL: the article has no headline, or not known.';
