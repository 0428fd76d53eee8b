-- What an index holds: its segments, which articles they hold as they were then, and the readers' copy it was made from.
CREATE TABLE IF NOT EXISTS segment (segment VARCHAR PRIMARY KEY, last_day DATE NOT NULL);
CREATE TABLE IF NOT EXISTS indexed (article_id VARCHAR NOT NULL, fingerprint UBIGINT NOT NULL, segment VARCHAR NOT NULL);
CREATE TABLE IF NOT EXISTS made_from (published VARCHAR NOT NULL);
-- Earlier indexes had a segment a month; without articles in `indexed` they go.
ALTER TABLE segment DROP COLUMN IF EXISTS fingerprint;
