-- Who carried a statement: its own article and the copies of it.
CREATE VIEW carried AS
SELECT statement, outlet, url, dated, NULL AS copy FROM said
UNION ALL
SELECT s.statement, c.outlet, c.url, c.dated, c.id FROM said s JOIN copies c ON c.edition = s.edition;
