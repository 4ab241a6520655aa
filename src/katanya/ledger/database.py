"""The file itself: made, opened, brought up to date, and written by one at a time."""

import json
import os
import socket
import sqlite3
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from katanya.core.errors import HeldError, InputError, LedgerError
from katanya.ledger import naming

HOME = Path(__file__).parent
SCHEMA = HOME / "schema.sql"
STEPS = HOME / "migrations"
FIRST = "the ledger"  # the name under which a new ledger notes the form that it began with
APPLICATION = 0x6B617461  # "kata": what tells a ledger from other SQLite files
OLDEST = (3, 37, 0)  # of SQLite: strict tables
LOCK = ".lock"
PATIENCE = 10.0  # seconds that a short write waits for another short write
READ_KIB, WRITE_KIB = 64 * 1024, 8 * 1024  # of pages at hand; what files for days must not grow for hours


@contextmanager
def writer_lock(path: Path, who: str) -> Iterator[None]:
    """Be the only writer of a ledger; raises `LedgerError` that says who is, where somebody is.

    The lock is the system's own: it ends with the process, however that ends. Beside what is no ledger none is made.
    """
    with told(path):
        if path.exists() and path.stat().st_size:
            connect(path, read_only=True).close()
    with told(path), path.with_name(path.name + LOCK).open("a+b") as file:
        _hold(file, path)
        file.seek(0)
        file.truncate()
        file.write(json.dumps({"pid": os.getpid(), "host": socket.gethostname(), "what": who}).encode())
        file.flush()
        try:
            yield
        finally:
            file.truncate(0)


def create(path: Path, version: str, schema: Path = SCHEMA, steps: Path = STEPS) -> None:
    """Make a new ledger in one transaction; every step counts as taken."""
    with _opened(path, read_only=False) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        with transaction(connection):
            if _tables(connection):
                return  # somebody else was quicker
            for statement in _statements(schema.read_text(encoding="utf-8")):
                connection.execute(statement)
            names = [FIRST, *(step.stem for step in _steps(steps))]
            _note(connection, enumerate(names, 1), version)
            connection.execute(f"PRAGMA application_id = {APPLICATION}")


def connect(path: Path, *, read_only: bool, shared: bool = False) -> sqlite3.Connection:
    """Open a ledger; raises `InputError` where there is none and `LedgerError` where the file is something else.

    One that is ``shared`` may be used by several threads, one at a time.
    """
    if sqlite3.sqlite_version_info < OLDEST:
        raise LedgerError(f"SQLite {sqlite3.sqlite_version} is too old", where=str(path),
                          fix="use a Python with SQLite 3.37 or later")
    if not path.is_file():
        what = "is a folder" if path.is_dir() else "no such ledger"
        raise InputError(what, where=str(path), fix="katanya file IN.jsonl --ledger L makes one")
    with told(path):
        connection = sqlite3.connect(
            f"{path.absolute().as_uri()}?mode={'ro' if read_only else 'rw'}", uri=True, timeout=PATIENCE,
            isolation_level=None, check_same_thread=not shared,
        )  # fmt: skip
        try:
            (application,) = connection.execute("PRAGMA application_id").fetchone()
            if application != APPLICATION:
                raise LedgerError("is an SQLite file, but no ledger", where=str(path), fix="name another file")
            connection.execute("PRAGMA foreign_keys = ON")
            connection.execute("PRAGMA synchronous = FULL")
            connection.execute(f"PRAGMA cache_size = -{READ_KIB if read_only else WRITE_KIB}")
            connection.execute("PRAGMA temp_store = MEMORY")
            naming.register(connection)
        except BaseException:
            connection.close()
            raise
        return connection


def missing_steps(connection: sqlite3.Connection, path: Path, steps: Path = STEPS) -> list[Path]:
    """Return the steps that an older ledger has not taken yet; raises `LedgerError` where it is a newer one."""
    taken = dict(connection.execute("SELECT name, version FROM migrations").fetchall())
    known = _steps(steps)
    for name in taken.keys() - {FIRST} - {step.stem for step in known}:
        raise LedgerError(f"was written by a newer version, {taken[name]}: it has taken the step '{name}'",
                          where=str(path), fix="pip install --upgrade katanya")
    return [step for step in known if step.stem not in taken]


def migrate(connection: sqlite3.Connection, steps: Sequence[Path], version: str) -> None:
    """Take the steps in one transaction: all of them or none."""
    connection.execute("PRAGMA foreign_keys = OFF")  # a step may make a table anew; what it leaves is checked below
    try:
        with transaction(connection):
            for step in steps:
                for statement in _statements(step.read_text(encoding="utf-8")):
                    connection.execute(statement)
            broken = connection.execute("PRAGMA foreign_key_check").fetchone()
            if broken:
                raise LedgerError(f"the step to version {version} leaves a row of '{broken[0]}' without its other half")
            (last,) = connection.execute("SELECT max(number) FROM migrations").fetchone()
            _note(connection, enumerate((step.stem for step in steps), last + 1), version)
    finally:
        connection.execute("PRAGMA foreign_keys = ON")


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """Write all of the block or nothing of it; what is written is on the disk when the block ends."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


@contextmanager
def snapshot(connection: sqlite3.Connection) -> Iterator[None]:
    """See the ledger as it is at the first question of the block, whatever is written meanwhile."""
    if connection.in_transaction:
        yield
        return
    try:
        connection.execute("BEGIN")
        yield
    finally:
        connection.commit()  # as a statement of its own it might be given up; where SQLite has ended it, it is nothing


@contextmanager
def _opened(path: Path, *, read_only: bool) -> Iterator[sqlite3.Connection]:
    with told(path):
        connection = sqlite3.connect(path, timeout=PATIENCE, isolation_level=None)
        try:
            yield connection
        finally:
            connection.close()


def _note(connection: sqlite3.Connection, names: Iterator[tuple[int, str]], version: str) -> None:
    connection.executemany("INSERT INTO migrations VALUES (?, ?, ?)", [(*step, version) for step in names])


def _tables(connection: sqlite3.Connection) -> int:
    (count,) = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    return int(count)


def _steps(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.sql"))


def _statements(script: str) -> Iterator[str]:
    """Cut a script into statements: SQLite's own way of running it would end our transaction."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""


@contextmanager
def told(path: Path) -> Iterator[None]:
    """Turn an error of the disk or of SQLite into words."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        known = trouble(error, path)
        if known is None:
            raise
        raise known from error
    except OSError as error:
        raise LedgerError(f"cannot be used: {error.strerror}", where=str(path),
                          fix="name a file in a folder that can be written") from error


def trouble(error: sqlite3.Error, path: Path) -> LedgerError | None:
    """Return what SQLite says of a file with the nearest fix; ``None`` where the program itself is wrong."""
    name = getattr(error, "sqlite_errorname", "")
    for start, what, fix in TROUBLES:
        if name.startswith(start):
            return (HeldError if start == BUSY else LedgerError)(what, where=str(path), fix=fix)
    return None


BUSY = "SQLITE_BUSY"
TROUBLES = (
    ("SQLITE_NOTADB", "is no SQLite file", "name another file"),
    ("SQLITE_CORRUPT", "is damaged", "go back to a copy, or file the articles into a new ledger"),
    ("SQLITE_FULL", "the disk is full", "make room and give the same command; it goes on where it stopped"),
    (BUSY, "another program is writing it", "wait for it, then give the same command"),
    ("SQLITE_READONLY", "cannot be written", "check the permissions of the file and its folder"),
    ("SQLITE_CANTOPEN", "cannot be opened", "check the permissions of the file and its folder"),
    ("SQLITE_IOERR", "the disk does not take or give what it should", "mend that and give the same command"),
)


def _hold(file: IO[bytes], path: Path) -> None:
    """Take the system's lock, where it has such locks; SQLite's own still keeps two writes apart."""
    try:
        import fcntl
    except ImportError:
        return
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        file.seek(0)
        raise HeldError(f"is being written by {_holder(file.read())}", where=str(path),
                        fix="wait for it to end; reading goes on meanwhile") from None


def _holder(note: bytes) -> str:
    try:
        held = json.loads(note)
        return f"'{held['what']}', process {held['pid']} on {held['host']}"
    except (ValueError, KeyError, TypeError):
        return f"another process ({'no' if not note else 'an unknown'} name given)"


def command() -> str:
    """Return what this process was started as, for those who find the ledger held."""
    return " ".join([Path(sys.argv[0]).name, *sys.argv[1:]])[:200] if sys.argv else "python"
