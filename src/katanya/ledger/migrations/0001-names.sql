-- Articles get a name that an address can hold.
ALTER TABLE articles ADD COLUMN name TEXT;
UPDATE articles SET name = article_name(key, number);
CREATE UNIQUE INDEX articles_name ON articles (name);
