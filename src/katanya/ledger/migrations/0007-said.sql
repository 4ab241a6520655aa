-- Statements of a reading with all that they are counted by, so that counting them reads no row.
DROP INDEX statements_reading;
CREATE INDEX statements_said ON statements (reading, person, speaker, speaker_kind, kind, act);
