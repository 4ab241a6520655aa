-- Who the program found is kept beneath the choices, so that a choice takes effect at once.
CREATE TABLE found (
  people INTEGER PRIMARY KEY REFERENCES people,
  person INTEGER NOT NULL
) STRICT;
INSERT INTO found SELECT people, person FROM sightings;
