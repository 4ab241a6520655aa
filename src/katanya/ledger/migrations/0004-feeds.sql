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
