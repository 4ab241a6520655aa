-- Copies of articles are linked and not read, and what came from the web tells when.
CREATE TABLE copies (
  id         INTEGER PRIMARY KEY,
  key        TEXT NOT NULL,
  edition    INTEGER NOT NULL REFERENCES editions,
  likeness   REAL NOT NULL,
  document   TEXT NOT NULL,
  url        TEXT,
  outlet     TEXT,
  title      TEXT,
  published  TEXT,
  dated      TEXT,
  language   TEXT,
  author     TEXT,
  modified   TEXT,
  digest     BLOB NOT NULL,
  difference TEXT,
  source     TEXT NOT NULL,
  entry      TEXT NOT NULL,
  at         INTEGER NOT NULL,
  fetched    TEXT,
  filed      TEXT,
  UNIQUE (key, digest)
) STRICT;
CREATE INDEX copies_edition ON copies (edition);
CREATE TABLE sketches (
  id      INTEGER PRIMARY KEY,
  hash    INTEGER NOT NULL,
  edition INTEGER NOT NULL REFERENCES editions
) STRICT;
CREATE INDEX sketches_hash ON sketches (hash);
CREATE INDEX sketches_edition ON sketches (edition);
ALTER TABLE editions ADD COLUMN fetched TEXT;
