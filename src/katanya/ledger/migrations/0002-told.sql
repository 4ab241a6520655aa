-- The values that articles tell in their own name, and an index of whole texts.
CREATE TABLE told_figures (
  reading INTEGER NOT NULL REFERENCES readings,
  number  INTEGER NOT NULL,                   -- in order of appearance, from 0
  start   INTEGER NOT NULL,
  "end"   INTEGER NOT NULL,
  low     ANY,
  high    ANY,
  unit    TEXT,
  kind    TEXT NOT NULL,
  "of"    TEXT,
  hedge   TEXT,
  per     TEXT,
  PRIMARY KEY (reading, number)
) STRICT, WITHOUT ROWID;
CREATE TABLE told_times (
  reading INTEGER NOT NULL REFERENCES readings,
  number  INTEGER NOT NULL,
  start   INTEGER NOT NULL,
  "end"   INTEGER NOT NULL,
  type    TEXT NOT NULL,
  "from"  TEXT,
  "to"    TEXT,
  PRIMARY KEY (reading, number)
) STRICT, WITHOUT ROWID;
CREATE TABLE told_places (
  reading INTEGER NOT NULL REFERENCES readings,
  number  INTEGER NOT NULL,
  start   INTEGER NOT NULL,
  "end"   INTEGER NOT NULL,
  name    TEXT,
  kind    TEXT,
  country TEXT,
  region  TEXT,
  lat     REAL,
  lon     REAL,
  role    TEXT NOT NULL,
  PRIMARY KEY (reading, number)
) STRICT, WITHOUT ROWID;
CREATE VIRTUAL TABLE texts_index USING fts5 (
  words, content = '', detail = none, tokenize = 'unicode61'
);
