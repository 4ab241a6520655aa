-- Spellings of a name that differ in case alone have one number, so that counting them compares no text.
ALTER TABLE names ADD COLUMN folded INTEGER;
CREATE INDEX names_lower ON names (lower(name));
UPDATE names SET folded = (SELECT min(n.id) FROM names n WHERE lower(n.name) = lower(names.name));
CREATE TRIGGER names_folded AFTER INSERT ON names BEGIN
  UPDATE names SET folded = (SELECT min(n.id) FROM names n WHERE lower(n.name) = lower(new.name)) WHERE id = new.id;
END;
