-- What an index holds: its segments, each with a fingerprint of its articles, and the readers' copy that it was made from.
CREATE TABLE IF NOT EXISTS segment (segment VARCHAR PRIMARY KEY, last_day DATE NOT NULL, fingerprint UBIGINT NOT NULL);
CREATE TABLE IF NOT EXISTS state (published VARCHAR NOT NULL);
