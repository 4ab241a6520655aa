-- Any kind of input: rejects and places within the entries of archives; a reject that was read after all keeps its row.
CREATE TEMP TABLE rejections_before AS SELECT id, source, line, reason, detail, filed FROM rejections;
DROP TABLE rejections;
CREATE TABLE rejections (
  id        INTEGER PRIMARY KEY,
  source    TEXT NOT NULL,
  entry     TEXT NOT NULL,
  at        INTEGER NOT NULL,
  reason    TEXT NOT NULL,
  detail    TEXT NOT NULL,
  filed     TEXT,
  mended_by INTEGER REFERENCES programs,
  mended    TEXT,
  UNIQUE (source, entry, at, reason, detail)
) STRICT;
INSERT INTO rejections (id, source, entry, at, reason, detail, filed)
SELECT id, source, '', line, reason, detail, filed FROM rejections_before;
DROP TABLE rejections_before;
CREATE INDEX rejections_reason ON rejections (reason);
ALTER TABLE progress ADD COLUMN entry INTEGER NOT NULL DEFAULT 0;
