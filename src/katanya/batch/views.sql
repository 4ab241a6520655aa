-- Views for DuckDB over the shards beside this file: start it in this folder, duckdb -init views.sql
--
-- Offsets are code points into articles.text, counted from 0; an unknown is null, an open side of a figure too.
-- ids may come twice: source tells where an article stood in the input, and is there once.

CREATE OR REPLACE VIEW items AS SELECT * FROM read_parquet('articles/*/*.parquet', hive_partitioning = true);
CREATE OR REPLACE VIEW articles AS SELECT * EXCLUDE (reason, detail) FROM items WHERE reason IS NULL;
CREATE OR REPLACE VIEW rejects AS SELECT source, reason, detail FROM items WHERE reason IS NOT NULL;

CREATE OR REPLACE VIEW statements AS
SELECT source AS article, statement.* FROM (SELECT source, unnest(statements) AS statement FROM articles);
CREATE OR REPLACE VIEW people AS
SELECT source AS article, person.* FROM (SELECT source, unnest(people) AS person FROM articles);

-- A statement a row: who said what, in which role, where it was printed.
CREATE OR REPLACE VIEW said AS
SELECT
  a.source AS article, a.id, a.outlet, a.dated, a.title, a.url,
  s.id AS statement, s.within, s.kind, s.act, s.speaker, s.speaker_kind, p.role, p.affiliation,
  array_to_string(list_transform(s.contents, lambda span: span.text), ' … ') AS content,
  s.cue.text AS cue, s.source.text AS source, s.time.text AS "time", s.place.text AS place, s.event.text AS event,
  s.confidence
FROM (SELECT * EXCLUDE (statements), unnest(statements) AS s FROM articles) a
LEFT JOIN (SELECT article, name, any_value(role) AS role, any_value(affiliation) AS affiliation FROM people GROUP BY ALL) p
  ON p.article = a.source AND p.name = s.speaker AND s.speaker_kind = 'person';

-- A figure, a time expression, a place a row, with the statement that it stands in.
CREATE OR REPLACE VIEW figures AS
SELECT article, id AS statement, speaker, figure.* FROM (SELECT article, id, speaker, unnest(figures) AS figure FROM statements);
CREATE OR REPLACE VIEW times AS
SELECT article, id AS statement, speaker, expression.* FROM (SELECT article, id, speaker, unnest(times) AS expression FROM statements);
CREATE OR REPLACE VIEW places AS
SELECT article, id AS statement, speaker, spot.* FROM (SELECT article, id, speaker, unnest(places) AS spot FROM statements);
