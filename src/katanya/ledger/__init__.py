"""The ledger: statements of many articles in one SQLite file, to be asked and trusted; all SQL lives here."""
