-- Views for DuckDB over the Parquet files beside this one: start it in this folder, duckdb -init views.sql
--
-- Offsets are code points into articles.text, counted from 0; an unknown is null, an open side of a figure too.

CREATE OR REPLACE VIEW articles AS SELECT * FROM read_parquet('articles.parquet');
CREATE OR REPLACE VIEW statements AS SELECT * FROM read_parquet('statements.parquet');
CREATE OR REPLACE VIEW people AS SELECT * FROM read_parquet('people.parquet');

-- A statement a row: who said what, in which role, where it was printed.
CREATE OR REPLACE VIEW said AS
SELECT
  a.article, a.id, a.outlet, a.published, a.title, a.url,
  s.statement, s.within, s.kind, s.act, s.speaker, s.speaker_kind, p.role, p.affiliation,
  array_to_string(list_transform(s.contents, lambda span: span.text), ' … ') AS content,
  s.cue.text AS cue, s.source.text AS source, s.time.text AS "time", s.place.text AS place, s.event.text AS event,
  s.confidence, len(s.changes) > 0 AS changed, a.version, a.model
FROM statements s
JOIN articles a USING (article)
LEFT JOIN (SELECT article, name, any_value(role) AS role, any_value(affiliation) AS affiliation FROM people GROUP BY ALL) p
  ON p.article = s.article AND p.name = s.speaker AND s.speaker_kind = 'person';

-- A figure, a time expression, a place a row, with the statement that it stands in.
CREATE OR REPLACE VIEW figures AS
SELECT article, statement, speaker, figure.* FROM (SELECT article, statement, speaker, unnest(figures) AS figure FROM statements);
CREATE OR REPLACE VIEW times AS
SELECT article, statement, speaker, expression.* FROM (SELECT article, statement, speaker, unnest(times) AS expression FROM statements);
CREATE OR REPLACE VIEW places AS
SELECT article, statement, speaker, spot.* FROM (SELECT article, statement, speaker, unnest(places) AS spot FROM statements);

-- A correction a row: what editors changed, who, when and why.
CREATE OR REPLACE VIEW changes AS
SELECT article, statement, change.* FROM (SELECT article, statement, unnest(changes) AS change FROM statements);
