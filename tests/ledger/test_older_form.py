import sqlite3

from articles import many

from katanya import Ledger


def test_what_may_take_minutes_is_told(tmp_path, caplog):
    """The log says that a ledger is brought up to date; of a new one, or one that is current, it says nothing."""
    path = tmp_path / "a.ledger"
    with Ledger.open(path, write=True) as ledger:
        ledger.file(many(3))
    Ledger.open(path).close()
    assert caplog.messages == []
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE settings SET value = 'of an older version' WHERE name = 'index'")
    Ledger.open(path).close()
    Ledger.open(path).close()
    assert [message.partition(" is ")[0] for message in caplog.messages] == [str(path)]
