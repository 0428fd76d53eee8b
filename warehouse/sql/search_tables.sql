-- What an index holds: its segments, which articles they hold as they were then, each with its number there and its
-- length in words, and the readers' copy it was made from.
CREATE TABLE IF NOT EXISTS segment (segment VARCHAR PRIMARY KEY);
CREATE TABLE IF NOT EXISTS indexed (article_id VARCHAR NOT NULL, fingerprint UBIGINT NOT NULL, segment VARCHAR NOT NULL);
CREATE TABLE IF NOT EXISTS made_from (published VARCHAR NOT NULL);
-- Earlier indexes had a segment a month, or no lengths; without articles in `indexed` their segments go.
ALTER TABLE segment DROP COLUMN IF EXISTS fingerprint;
ALTER TABLE segment DROP COLUMN IF EXISTS last_day;
ALTER TABLE indexed ADD COLUMN IF NOT EXISTS docid BIGINT;
ALTER TABLE indexed ADD COLUMN IF NOT EXISTS words BIGINT;
DELETE FROM made_from WHERE EXISTS (FROM indexed WHERE words IS NULL);
DELETE FROM indexed WHERE words IS NULL;
