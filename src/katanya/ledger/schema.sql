-- The ledger of katanya: who said what, in many articles. One SQLite file.
--
-- Offsets are code points into editions.text; a span is its first and one past its last code point, both null where
-- the article gives none. An unknown is null, never a guess. Lists are JSON. Nothing that was filed is ever deleted
-- or changed, but for which reading is the current one; what an editor says otherwise lies over it.

-- The steps that brought the ledger to this form, in their order.
CREATE TABLE migrations (
  number  INTEGER PRIMARY KEY,
  name    TEXT NOT NULL UNIQUE,
  version TEXT NOT NULL                       -- of the program that took the step
) STRICT;

-- What holds for the whole file: 'index' is the digest of the rules by which contents_index was made.
CREATE TABLE settings (
  name  TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- What read the articles: program, language, model. version and model are '' where records came in read already.
CREATE TABLE programs (
  id       INTEGER PRIMARY KEY,
  version  TEXT NOT NULL,
  language TEXT NOT NULL,
  model    TEXT NOT NULL,                     -- digest of the model's manifests, or 'none'
  UNIQUE (version, language, model)
) STRICT;

-- An article as a thing that may change: known by its URL, else by outlet and id, else by its text. The URL of a list
-- leads to many articles, which are numbered.
CREATE TABLE articles (
  id     INTEGER PRIMARY KEY,
  key    TEXT NOT NULL,
  number INTEGER NOT NULL,
  name   TEXT,                                -- what it is called in an address: a digest of key and number
  UNIQUE (key, number)
) STRICT;
CREATE UNIQUE INDEX articles_name ON articles (name);

-- What an article said at one time; a changed title, date or text is another edition.
CREATE TABLE editions (
  id         INTEGER PRIMARY KEY,
  article    INTEGER NOT NULL REFERENCES articles,
  number     INTEGER NOT NULL,                -- 1 is the first that was filed
  document   TEXT NOT NULL,                   -- the article's own id, as it came in
  url        TEXT,
  outlet     TEXT,
  title      TEXT,
  published  TEXT,                            -- as printed
  dated      TEXT,                            -- the same in ISO 8601; null where it cannot be told
  language   TEXT,
  text       TEXT NOT NULL,
  digest     BLOB NOT NULL,                   -- SHA-256 of the text in UTF-8
  difference TEXT,                            -- from the edition before: {"title": [old, new], …, "text": [[start, end, new], …]}
  filed      TEXT,                            -- when, as told by who filed it
  author     TEXT,
  modified   TEXT,                            -- as printed
  fetched    TEXT,                            -- when it came from the web, where that is told
  UNIQUE (article, number)
) STRICT;
CREATE INDEX editions_digest ON editions (digest);
CREATE INDEX editions_dated ON editions (dated);
CREATE INDEX editions_outlet ON editions (outlet);

-- One program's reading of one edition. Of each article one reading is current: the last of its last edition.
CREATE TABLE readings (
  id      INTEGER PRIMARY KEY,
  article INTEGER NOT NULL REFERENCES articles,
  edition INTEGER NOT NULL REFERENCES editions,
  program INTEGER NOT NULL REFERENCES programs,
  digest  BLOB NOT NULL,                      -- SHA-256 of the statements and people as read
  current INTEGER NOT NULL CHECK (current IN (0, 1)),
  filed   TEXT,
  UNIQUE (edition, program, digest)
) STRICT;
CREATE UNIQUE INDEX readings_current ON readings (article) WHERE current;

-- Names of speakers, each once, as the articles write them.
CREATE TABLE names (
  id     INTEGER PRIMARY KEY,
  name   TEXT NOT NULL UNIQUE,
  folded INTEGER                              -- the first one that differs from it in case alone, else itself
) STRICT;
CREATE INDEX names_lower ON names (lower(name));
CREATE TRIGGER names_folded AFTER INSERT ON names BEGIN
  UPDATE names SET folded = (SELECT min(n.id) FROM names n WHERE lower(n.name) = lower(new.name)) WHERE id = new.id;
END;

-- Bodies that speak, or that people belong to, by name as written.
CREATE TABLE organisations (
  id   INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE
) STRICT;

-- The people of a reading, with role and affiliation as this article gives them.
CREATE TABLE people (
  id           INTEGER PRIMARY KEY,
  reading      INTEGER NOT NULL REFERENCES readings,
  name         INTEGER NOT NULL REFERENCES names,
  role         TEXT,
  affiliation  TEXT,
  organisation INTEGER REFERENCES organisations, -- the affiliation
  mentions     TEXT NOT NULL                  -- [[start, end], …]
) STRICT;
CREATE INDEX people_reading ON people (reading);
CREATE INDEX people_name ON people (name);
CREATE INDEX people_organisation ON people (organisation);

CREATE TABLE statements (
  id           INTEGER PRIMARY KEY,           -- rises in order of appearance
  reading      INTEGER NOT NULL REFERENCES readings,
  label        TEXT NOT NULL,                 -- its id within the article
  kind         TEXT NOT NULL,                 -- direct, indirect, mixed
  act          TEXT NOT NULL,                 -- assertive, directive, …, denial, withheld
  speaker      INTEGER REFERENCES names,
  speaker_kind TEXT NOT NULL,                 -- person, organisation, group, document, anonymous, none
  person       INTEGER REFERENCES people,     -- the speaker, where it is one of this reading's people
  organisation INTEGER REFERENCES organisations, -- the speaker, where it is a body
  within       INTEGER REFERENCES statements DEFERRABLE INITIALLY DEFERRED,
  cue_start    INTEGER, cue_end    INTEGER,
  source_start INTEGER, source_end INTEGER,
  time_start   INTEGER, time_end   INTEGER,   -- when, where and on what occasion it was said
  place_start  INTEGER, place_end  INTEGER,
  event_start  INTEGER, event_end  INTEGER,
  confidence   REAL,
  because      TEXT NOT NULL                  -- rules, as a list
) STRICT;
CREATE INDEX statements_said ON statements (reading, person, speaker, speaker_kind, kind, act);
CREATE INDEX statements_speaker ON statements (speaker);
CREATE INDEX statements_person ON statements (person);
CREATE INDEX statements_organisation ON statements (organisation) WHERE organisation IS NOT NULL;

-- The words that were said; a statement may stand in several stretches.
CREATE TABLE contents (
  statement INTEGER NOT NULL REFERENCES statements,
  number    INTEGER NOT NULL,                 -- 0 is the first stretch
  start     INTEGER NOT NULL,
  "end"     INTEGER NOT NULL,
  text      TEXT NOT NULL,
  PRIMARY KEY (statement, number)
) STRICT, WITHOUT ROWID;

-- Amounts: all that lies from low to high, both included; null is an open side. Of the three kinds of values, "more"
-- holds the fields of the record that have no column of their own.
CREATE TABLE figures (
  id        INTEGER PRIMARY KEY,
  statement INTEGER NOT NULL REFERENCES statements,
  start     INTEGER NOT NULL,
  "end"     INTEGER NOT NULL,
  text      TEXT NOT NULL,
  low       ANY,                              -- a number as in the record, whole or not
  high      ANY,
  unit      TEXT,
  kind      TEXT NOT NULL,                    -- count, money, percent, …
  "of"      TEXT,                             -- words: what is counted
  hedge     TEXT,                             -- words: what softens it
  per       TEXT,                             -- words: what it is spread over
  more      TEXT NOT NULL
) STRICT;
CREATE INDEX figures_statement ON figures (statement);

-- Time expressions: TIMEX3 type and value, and the first and last moment that they cover (ISO 8601).
CREATE TABLE times (
  id        INTEGER PRIMARY KEY,
  statement INTEGER NOT NULL REFERENCES statements,
  start     INTEGER NOT NULL,
  "end"     INTEGER NOT NULL,
  text      TEXT NOT NULL,
  type      TEXT NOT NULL,
  value     TEXT NOT NULL,
  "from"    TEXT,
  "to"      TEXT,
  more      TEXT NOT NULL
) STRICT;
CREATE INDEX times_statement ON times (statement);

CREATE TABLE places (
  id        INTEGER PRIMARY KEY,
  statement INTEGER NOT NULL REFERENCES statements,
  start     INTEGER NOT NULL,
  "end"     INTEGER NOT NULL,
  text      TEXT NOT NULL,
  name      TEXT,
  kind      TEXT,
  country   TEXT,                             -- ISO 3166-1
  region    TEXT,                             -- ISO 3166-2
  lat       REAL,
  lon       REAL,
  role      TEXT NOT NULL,                    -- place, or government where a capital speaks or acts
  more      TEXT NOT NULL
) STRICT;
CREATE INDEX places_statement ON places (statement);

-- What an article tells in its own name: the values of its text that no statement holds, by offsets into it.
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

-- Abbreviations that articles explain, 'Komisi X (KX)', and in how many editions.
CREATE TABLE abbreviations (
  short TEXT NOT NULL,                        -- both in lower case
  long  TEXT NOT NULL,
  seen  INTEGER NOT NULL,
  PRIMARY KEY (short, long)
) STRICT, WITHOUT ROWID;
CREATE INDEX abbreviations_long ON abbreviations (long);

-- Articles that say nothing that another one does not say word for word: linked, not read. Who counts outlets that
-- carried an article counts these.
CREATE TABLE copies (
  id         INTEGER PRIMARY KEY,
  key        TEXT NOT NULL,                   -- what it is known by, as in articles
  edition    INTEGER NOT NULL REFERENCES editions, -- of what it is a copy
  likeness   REAL NOT NULL,                   -- share of its words that stand there in the same runs
  document   TEXT NOT NULL,                   -- from here on as in editions
  url        TEXT,
  outlet     TEXT,
  title      TEXT,
  published  TEXT,
  dated      TEXT,
  language   TEXT,
  author     TEXT,
  modified   TEXT,
  digest     BLOB NOT NULL,
  difference TEXT,                            -- from the text of that edition: [[start, end, new], …]; null: none
  source     TEXT NOT NULL,                   -- where it stands, as in rejections
  entry      TEXT NOT NULL,
  at         INTEGER NOT NULL,
  fetched    TEXT,
  filed      TEXT,
  UNIQUE (key, digest)
) STRICT;
CREATE INDEX copies_edition ON copies (edition);

-- By what copies of an edition are found: hashes of the bands of a MinHash.
CREATE TABLE sketches (
  id      INTEGER PRIMARY KEY,                -- rises in the order of filing
  hash    INTEGER NOT NULL,
  edition INTEGER NOT NULL REFERENCES editions
) STRICT;
CREATE INDEX sketches_hash ON sketches (hash);
CREATE INDEX sketches_edition ON sketches (edition);

-- Inputs that were not read: where, why, and what exactly was seen. One that was read after all keeps its row, with
-- what read it; another language or no page at all is no failure, it is set aside.
CREATE TABLE rejections (
  id        INTEGER PRIMARY KEY,
  source    TEXT NOT NULL,                    -- file or address
  entry     TEXT NOT NULL,                    -- of an archive, '' where it is none
  at        INTEGER NOT NULL,                 -- line, row or offset of the record in bytes; 0 is all of it
  reason    TEXT NOT NULL,
  detail    TEXT NOT NULL,
  filed     TEXT,
  mended_by INTEGER REFERENCES programs,      -- null: it stands
  mended    TEXT,                             -- when
  UNIQUE (source, entry, at, reason, detail)
) STRICT;
CREATE INDEX rejections_reason ON rejections (reason);

-- How far each input is filed, so that filing goes on where it stopped.
CREATE TABLE progress (
  source   TEXT NOT NULL,                     -- whole path
  program  INTEGER NOT NULL REFERENCES programs,
  bytes    INTEGER NOT NULL,                  -- or rows: the measure of its kind
  lines    INTEGER NOT NULL,                  -- or records, rows, entries: items
  digest   TEXT NOT NULL,                     -- of all so far
  articles INTEGER NOT NULL,
  rejected INTEGER NOT NULL,
  entry    INTEGER NOT NULL DEFAULT 0,        -- the number of the entry in an archive where this stands
  PRIMARY KEY (source, program)
) STRICT, WITHOUT ROWID;

-- What servers told of the pages that were fetched and filed.
CREATE TABLE fetched (
  url      TEXT NOT NULL,                     -- as it was given
  program  INTEGER NOT NULL REFERENCES programs,
  etag     TEXT,
  modified TEXT,
  PRIMARY KEY (url, program)
) STRICT, WITHOUT ROWID;

-- Feeds that are watched or were: what their servers tell them by, and when they are to be asked next. Times are in UTC.
CREATE TABLE feeds (
  id       INTEGER PRIMARY KEY,
  url      TEXT NOT NULL UNIQUE,              -- as it was given
  host     TEXT NOT NULL,                     -- scheme and place; each is visited by one at a time
  watched  INTEGER NOT NULL CHECK (watched IN (0, 1)), -- by the last run
  title    TEXT,
  etag     TEXT,
  modified TEXT,
  asked    REAL,                              -- seconds that it asks to be left alone for
  visited  TEXT,                              -- when it was asked last
  read     TEXT,                              -- when it could be had last
  due      TEXT NOT NULL,                     -- when it is to be asked next
  failures INTEGER NOT NULL,                  -- in a row
  reason   TEXT,                              -- why the last visit failed
  detail   TEXT                               -- what exactly was seen, or what of the feed could not be read
) STRICT;
CREATE INDEX feeds_due ON feeds (due) WHERE watched;

-- What feeds named, so that each is filed once. What a feed says of one is kept until it is done with.
CREATE TABLE feed_items (
  id        INTEGER PRIMARY KEY,
  feed      INTEGER NOT NULL REFERENCES feeds,
  guid      TEXT NOT NULL,
  address   TEXT,                             -- without what does not tell pages apart
  url       TEXT,
  host      TEXT NOT NULL,
  title     TEXT,
  author    TEXT,
  outlet    TEXT,
  published TEXT,                             -- as printed
  modified  TEXT,
  content   TEXT,                             -- markup; null where it is not all of the article
  state     TEXT NOT NULL CHECK (state IN ('waiting', 'filed', 'rejected')),
  failures  INTEGER NOT NULL,
  due       TEXT,                             -- when its page is to be asked for; null when it is done with
  UNIQUE (feed, guid)
) STRICT;
CREATE INDEX feed_items_address ON feed_items (address);
CREATE INDEX feed_items_due ON feed_items (due) WHERE state = 'waiting';

-- What editors say against the machine's reading; rows are only added, and undone is set once.
CREATE TABLE corrections (
  id        INTEGER PRIMARY KEY,
  article   INTEGER NOT NULL REFERENCES articles,
  statement INTEGER NOT NULL REFERENCES statements, -- the statement that it was made on
  target    TEXT NOT NULL CHECK (target IN ('speaker', 'content', 'figure')),
  start     INTEGER,                          -- of the figure that is corrected
  "end"     INTEGER,
  value     TEXT NOT NULL,                    -- {"speaker", "speaker_kind"} or {"contents": [words, …]} or {"low", …}
  author    TEXT NOT NULL,
  made      TEXT NOT NULL,
  reason    TEXT NOT NULL,
  undone    TEXT,                             -- when
  undone_by TEXT
) STRICT;
CREATE INDEX corrections_article ON corrections (article);

-- How the corrections lie over current readings; derived, and made anew with each reading of the article. A standing
-- correction without a row in laid is orphaned: the current reading has nothing that it could lie on.
CREATE TABLE laid (
  correction INTEGER PRIMARY KEY REFERENCES corrections,
  statement  INTEGER NOT NULL REFERENCES statements,
  figure     INTEGER REFERENCES figures
) STRICT;
CREATE TABLE overlays (
  statement          INTEGER PRIMARY KEY REFERENCES statements,
  speaker_correction INTEGER REFERENCES corrections,
  speaker            INTEGER REFERENCES names,
  speaker_kind       TEXT,
  person             INTEGER REFERENCES people,
  organisation       INTEGER REFERENCES organisations,
  content_correction INTEGER REFERENCES corrections
) STRICT;
CREATE INDEX overlays_speaker ON overlays (speaker);
CREATE TABLE content_overlays (
  statement INTEGER NOT NULL REFERENCES statements,
  number    INTEGER NOT NULL,
  start     INTEGER NOT NULL,
  "end"     INTEGER NOT NULL,
  text      TEXT NOT NULL,
  PRIMARY KEY (statement, number)
) STRICT, WITHOUT ROWID;
CREATE TABLE figure_overlays (
  figure     INTEGER PRIMARY KEY REFERENCES figures,
  correction INTEGER NOT NULL REFERENCES corrections,
  low        ANY,
  high       ANY,
  unit       TEXT
) STRICT;

-- Who is one person across articles by what the program found in the readings of its last relating.
CREATE TABLE found (
  people INTEGER PRIMARY KEY REFERENCES people,
  person INTEGER NOT NULL                     -- rises with the first sighting; another number after another relating
) STRICT;

-- The same with the choices below laid over it.
CREATE TABLE persons (
  id   INTEGER PRIMARY KEY,                   -- as found; people who are one have the lowest of their numbers
  name TEXT NOT NULL                          -- the one that most articles use
) STRICT;
CREATE TABLE sightings (
  people INTEGER PRIMARY KEY REFERENCES people,
  person INTEGER NOT NULL REFERENCES persons
) STRICT;
CREATE INDEX sightings_person ON sightings (person);

-- Statements of an office named alone ('Menkeu'), and who surely held it.
CREATE TABLE office_holders (
  statement INTEGER PRIMARY KEY REFERENCES statements,
  person    INTEGER NOT NULL REFERENCES persons
) STRICT;

-- What somebody says against the machine's people; rows are only added, and undone is set once.
CREATE TABLE choices (
  id        INTEGER PRIMARY KEY,
  verb      TEXT NOT NULL CHECK (verb IN ('merge', 'split')),
  sightings TEXT NOT NULL,                    -- [[key of the article, name as written there], …]
  author    TEXT NOT NULL,
  made      TEXT NOT NULL,
  reason    TEXT NOT NULL,
  undone    TEXT,                             -- when
  undone_by TEXT
) STRICT;

-- Quotations that stand in several articles, derived as the persons are.
CREATE TABLE quotations (
  id INTEGER PRIMARY KEY                      -- rises with the earliest version
) STRICT;
CREATE TABLE versions (
  statement INTEGER PRIMARY KEY REFERENCES statements,
  quotation INTEGER NOT NULL REFERENCES quotations,
  number    INTEGER NOT NULL,                 -- 0 is the earliest
  origin    INTEGER NOT NULL                  -- number among the origins of the quotation
) STRICT;
CREATE INDEX versions_quotation ON versions (quotation);
CREATE TABLE origins (
  quotation INTEGER NOT NULL REFERENCES quotations,
  number    INTEGER NOT NULL,
  house     TEXT,                             -- the outlet or agency that it comes from
  because   TEXT NOT NULL,                    -- what puts its articles together, as a list
  PRIMARY KEY (quotation, number)
) STRICT, WITHOUT ROWID;

-- Full text. Words as written and their stems lie side by side; rowid is the statement of a current reading, what its
-- editor says included.
CREATE VIRTUAL TABLE contents_index USING fts5 (words, stems, title, content = '', tokenize = 'unicode61');
-- The words of whole articles with their titles, each once, as written and as stems; rowid is the edition.
CREATE VIRTUAL TABLE texts_index USING fts5 (
  words, content = '', detail = none, tokenize = 'unicode61'
);
CREATE VIRTUAL TABLE names_index USING fts5 (name, content = 'names', content_rowid = 'id', tokenize = 'unicode61');
CREATE VIRTUAL TABLE people_index USING fts5 (
  role, affiliation, content = 'people', content_rowid = 'id', tokenize = 'unicode61'
);

-- Everything that holds now: current readings, with what editors say laid over them. Other parts read this.
CREATE VIEW said AS
SELECT
  s.id AS statement, s.label, r.article, e.id AS edition, r.id AS reading,
  e.document, e.url, e.outlet, e.title, e.published, e.dated,
  s.kind, s.act, s.within, s.confidence,
  CASE WHEN o.speaker_correction IS NULL THEN s.speaker ELSE o.speaker END AS speaker,
  n.name AS speaker_name,
  CASE WHEN o.speaker_correction IS NULL THEN s.speaker_kind ELSE o.speaker_kind END AS speaker_kind,
  CASE WHEN o.speaker_correction IS NULL THEN s.person ELSE o.person END AS person,
  CASE WHEN o.speaker_correction IS NULL THEN s.organisation ELSE o.organisation END AS organisation,
  p.role, p.affiliation,
  o.speaker_correction, o.content_correction
FROM readings r
JOIN statements s ON s.reading = r.id
JOIN editions e ON e.id = r.edition
LEFT JOIN overlays o ON o.statement = s.id
LEFT JOIN names n ON n.id = CASE WHEN o.speaker_correction IS NULL THEN s.speaker ELSE o.speaker END
LEFT JOIN people p ON p.id = CASE WHEN o.speaker_correction IS NULL THEN s.person ELSE o.person END
WHERE r.current;

-- Who carried a statement: its own article and the copies of it.
CREATE VIEW carried AS
SELECT statement, outlet, url, dated, NULL AS copy FROM said
UNION ALL
SELECT s.statement, c.outlet, c.url, c.dated, c.id FROM said s JOIN copies c ON c.edition = s.edition;

-- The contents and figures of any reading as they hold now.
CREATE VIEW said_contents AS
SELECT statement, number, start, "end", text FROM contents
WHERE NOT EXISTS (SELECT 1 FROM content_overlays o WHERE o.statement = contents.statement)
UNION ALL
SELECT statement, number, start, "end", text FROM content_overlays;

CREATE VIEW said_figures AS
SELECT
  f.id AS figure, f.statement, f.start, f."end", f.text,
  CASE WHEN o.figure IS NULL THEN f.low ELSE o.low END AS low,
  CASE WHEN o.figure IS NULL THEN f.high ELSE o.high END AS high,
  CASE WHEN o.figure IS NULL THEN f.unit ELSE o.unit END AS unit,
  f.kind, f."of", f.hedge, f.per, f.more, o.correction
FROM figures f LEFT JOIN figure_overlays o ON o.figure = f.id;
