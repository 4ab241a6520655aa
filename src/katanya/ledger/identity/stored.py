"""People across articles in the ledger's file: read from the current readings, written as persons and sightings."""

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from katanya.core.errors import LedgerError
from katanya.ledger.identity.choices import Choice, Verb, apply
from katanya.ledger.identity.holders import Holders
from katanya.ledger.identity.resolve import Person, resolve
from katanya.ledger.identity.sightings import Key, Sighting
from katanya.ledger.identity.words import lexicon
from katanya.ledger.query import words_expression
from katanya.ledger.words import storable

PEOPLE = """
SELECT p.id, r.id, a.key, n.name, p.role, p.affiliation, e.dated, e.outlet, p.mentions, e.text
FROM readings r JOIN people p ON p.reading = r.id JOIN names n ON n.id = p.name
JOIN editions e ON e.id = r.edition JOIN articles a ON a.id = r.article
WHERE r.current ORDER BY r.id, p.id
"""
FOUND = """
SELECT f.person, f.people, a.key, n.name, p.role, p.affiliation, e.dated FROM found f
JOIN people p ON p.id = f.people JOIN names n ON n.id = p.name JOIN readings r ON r.id = p.reading
JOIN editions e ON e.id = r.edition JOIN articles a ON a.id = r.article ORDER BY f.person, a.key, n.name, f.people
"""
OFFICES = """
SELECT s.statement, s.speaker_name, a.key, s.dated FROM said s JOIN articles a ON a.id = s.article
WHERE s.speaker_kind = 'anonymous' AND s.speaker IS NOT NULL ORDER BY s.statement
"""
KNOWN = """
SELECT g.person, n.name, p.role, p.affiliation, e.dated, e.outlet, a.key FROM sightings g
JOIN people p ON p.id = g.people JOIN names n ON n.id = p.name JOIN readings r ON r.id = p.reading
JOIN editions e ON e.id = r.edition JOIN articles a ON a.id = r.article
WHERE g.person = ? ORDER BY e.dated IS NULL, e.dated, a.key
"""

NAMED = """
SELECT DISTINCT g.person FROM sightings g JOIN people p ON p.id = g.people
WHERE p.name IN (SELECT rowid FROM names_index WHERE names_index MATCH ?)
"""
CALLED = """
SELECT DISTINCT g.person
FROM texts_index CROSS JOIN editions e ON e.id = texts_index.rowid
CROSS JOIN readings r ON r.edition = e.id AND r.current JOIN people p ON p.reading = r.id
JOIN sightings g ON g.people = p.id JOIN json_each(p.mentions) m
WHERE texts_index MATCH :words AND (instr(e.text, :text) OR instr(e.text, :titled))
  AND substr(e.text, json_extract(m.value, '$[0]') + 1, json_extract(m.value, '$[1]') - json_extract(m.value, '$[0]'))
    IN (:text, :titled)
"""
BEARERS = """
WITH named (person) AS MATERIALIZED (SELECT value FROM json_each(?)),
seen (person, people) AS MATERIALIZED (SELECT person, people FROM sightings WHERE person IN named)
SELECT n.id, n.name, count(*) FROM persons n JOIN (
  SELECT seen.person, s.id AS statement FROM seen JOIN statements s ON s.person = seen.people
  WHERE NOT EXISTS (SELECT 1 FROM overlays o WHERE o.statement = s.id AND o.speaker_correction IS NOT NULL)
  UNION SELECT seen.person, o.statement FROM seen JOIN overlays o ON o.person = seen.people
  UNION SELECT person, statement FROM office_holders WHERE person IN named
) spoken ON spoken.person = n.id JOIN statements s ON s.id = spoken.statement JOIN readings r ON r.id = s.reading
WHERE r.current GROUP BY n.id ORDER BY count(*) DESC, n.id
"""


@dataclass(frozen=True, slots=True)
class Bearer:
    """Somebody of a name: the number across articles, the name that most articles use, and how many statements."""

    person: int
    name: str
    statements: int

    def to_dict(self) -> dict[str, Any]:
        """Return it as plain values."""
        return {"person": self.person, "name": self.name, "statements": self.statements}


@dataclass(frozen=True, slots=True)
class Held:
    """A role and affiliation that a person was seen with, from when to when, in how many articles."""

    role: str | None
    affiliation: str | None
    first: str | None
    last: str | None
    articles: int

    def to_dict(self) -> dict[str, Any]:
        """Return it as plain values."""
        return {"role": self.role, "affiliation": self.affiliation, "first": self.first, "last": self.last,
                "articles": self.articles}


@dataclass(frozen=True, slots=True)
class Known:
    """A person across articles: names, offices over time, and where each was seen."""

    id: int
    name: str
    names: tuple[str, ...]
    offices: tuple[Held, ...]
    articles: int
    first: str | None
    last: str | None
    sightings: tuple[Key, ...]

    def to_dict(self) -> dict[str, Any]:
        """Return the person as plain values."""
        return {
            "id": self.id, "name": self.name, "names": list(self.names), "articles": self.articles,
            "first": self.first, "last": self.last, "offices": [held.to_dict() for held in self.offices],
            "sightings": [list(key) for key in self.sightings],
        }  # fmt: skip


def relate(connection: sqlite3.Connection, language: str) -> int:
    """Make the people across articles anew from the current readings and the choices; return how many they are."""
    rows: dict[Sighting, list[int]] = {}
    for people, sighting in _sightings(connection):
        rows.setdefault(sighting, []).append(people)
    connection.execute("DELETE FROM found")
    connection.executemany("INSERT INTO found VALUES (?, ?)", (
        (people, number) for number, one in enumerate(resolve(rows, lexicon(language)), 1)
        for sighting in one.sightings for people in rows[sighting]
    ))  # fmt: skip
    return carry_out(connection, language)


def carry_out(connection: sqlite3.Connection, language: str) -> int:
    """Lay the choices over who was found when people were last related; return how many people there are.

    What this leaves is a function of who was found and of the choices alone, so that a choice which takes effect at
    once and one that waits for the next relating come to the same.
    """
    people: dict[int, Person] = {}
    for number, row, article, name, role, affiliation, dated in connection.execute(FOUND):
        sighting = Sighting(article, name, role, affiliation, dated, rows=(row,))
        people.setdefault(number, Person([])).sightings.append(sighting)
    chosen = apply(people, choices(connection))
    for table in ("office_holders", "sightings", "persons"):
        connection.execute(f"DELETE FROM {table}")
    connection.executemany("INSERT INTO persons VALUES (?, ?)", ((at, one.name) for at, one in chosen.items()))
    connection.executemany("INSERT INTO sightings VALUES (?, ?)", (
        (row, at) for at, one in chosen.items() for sighting in one.sightings for row in sighting.rows
    ))  # fmt: skip
    holders = Holders(chosen, lexicon(language))
    connection.executemany("INSERT INTO office_holders VALUES (?, ?)", (
        (statement, number)
        for statement, office, article, dated in connection.execute(OFFICES).fetchall()
        if (number := holders.holder(office, article, dated)) is not None
    ))  # fmt: skip
    return len(chosen)


def choices(connection: sqlite3.Connection) -> list[Choice]:
    """Return the choices by hand that hold, in the order in which they were made."""
    rows = connection.execute(
        "SELECT id, verb, sightings, author, made, reason FROM choices WHERE undone IS NULL ORDER BY id"
    )
    return [
        Choice(Verb(verb), tuple((article, name) for article, name in json.loads(keys)), author, made, reason, number)
        for number, verb, keys, author, made, reason in rows
    ]


def choose(connection: sqlite3.Connection, choice: Choice) -> int:
    """Note a choice and return its number; raises `LedgerError` for a merge or split of nothing, or by nobody."""
    if not choice.author.strip():
        raise LedgerError(f"a {choice.verb.value} needs an author", fix="name who says so")
    if len(set(choice.sightings)) < (2 if choice.verb is Verb.MERGE else 1):
        raise LedgerError(f"nothing to {choice.verb.value}", fix="katanya people NAME shows who is who")
    keys = json.dumps(choice.sightings, ensure_ascii=False)
    cursor = connection.execute(
        "INSERT INTO choices (verb, sightings, author, made, reason) VALUES (?, ?, ?, ?, ?)",
        (choice.verb.value, keys, storable(choice.author), choice.made, storable(choice.reason)),
    )
    return int(cursor.lastrowid or 0)


def unchoose(connection: sqlite3.Connection, number: int, author: str, made: str) -> None:
    """Take a choice back; raises `LedgerError` where there is none that holds."""
    changed = connection.execute(
        "UPDATE choices SET undone = ?, undone_by = ? WHERE id = ? AND undone IS NULL", (made, storable(author), number)
    ).rowcount
    if not changed:
        raise LedgerError(f"no choice {number} to undo", fix="katanya people --choices shows them")


def persons(connection: sqlite3.Connection, name: str, limit: int) -> list[Known]:
    """Return the people one of whose names holds all the words of ``name``, those seen most often first.

    Without words it is everybody.
    """
    numbers = connection.execute(
        "SELECT person FROM sightings WHERE :all OR person IN (SELECT value FROM json_each(:named)) "
        "GROUP BY person ORDER BY count(*) DESC, person LIMIT :limit",
        {"all": not name.strip(), "named": json.dumps(_named(connection, name)), "limit": limit},
    ).fetchall()
    return [person(connection, number) for (number,) in numbers]


def bearers(connection: sqlite3.Connection, name: str) -> list[Bearer]:
    """Return the people of a name who speak, those with most statements first."""
    rows = connection.execute(BEARERS, (json.dumps(_named(connection, name)),))
    return [Bearer(*row) for row in rows]


def _named(connection: sqlite3.Connection, name: str) -> list[int]:
    """Return the numbers of the people one of whose names holds all the words; else those who are called so.

    What somebody is called besides, *Jokowi*, stands in the articles alone, and is looked for only where no name fits.
    """
    numbers = connection.execute(NAMED, (storable(words_expression(name)),)).fetchall()
    called = storable(" ".join(name.split()))
    words = storable(words_expression(called))
    if not numbers and any(map(str.isalnum, called)):
        given = {"text": called, "titled": called.title(), "words": words}
        numbers = connection.execute(CALLED, given).fetchall()
    return [number for (number,) in numbers]


def person(connection: sqlite3.Connection, number: int) -> Known:
    """Return the person of a number; raises `LedgerError` where there is none."""
    found = connection.execute("SELECT name FROM persons WHERE id = ?", (number,)).fetchone()
    if found is None:
        raise LedgerError(f"no person {number}", fix="katanya people NAME shows their numbers")
    rows = connection.execute(KNOWN, (number,)).fetchall()
    days = sorted(row[4] for row in rows if row[4])
    names = dict.fromkeys(row[1] for row in rows)
    return Known(
        number, found[0], tuple(names), _held(rows), len({row[6] for row in rows}),
        days[0] if days else None, days[-1] if days else None, tuple((row[6], row[1]) for row in rows),
    )  # fmt: skip


def _held(rows: Sequence[tuple[Any, ...]]) -> tuple[Held, ...]:
    """Return the offices in order of the day on which each was first seen."""
    seen: dict[tuple[str, str], list[tuple[Any, ...]]] = {}
    for row in rows:
        if row[2] or row[3]:
            seen.setdefault(((row[2] or "").lower(), (row[3] or "").lower()), []).append(row)
    found = []
    for group in seen.values():
        days = sorted(row[4] for row in group if row[4])
        found.append(Held(group[0][2], group[0][3], days[0] if days else None, days[-1] if days else None,
                          len({row[6] for row in group})))
    return tuple(found)


def _sightings(connection: sqlite3.Connection) -> list[tuple[int, Sighting]]:
    """Return the people of the current readings as sightings, with the numbers of their rows."""
    rows = connection.execute(PEOPLE).fetchall()
    company: dict[int, list[str]] = {}
    for row in rows:
        company.setdefault(row[1], []).append(row[3])
    found = []
    for people, reading, article, name, role, affiliation, dated, outlet, mentions, text in rows:
        forms = sorted({text[start:end] for start, end in json.loads(mentions)} - {name})
        others = tuple(other for other in company[reading] if other != name)
        found.append((people, Sighting(article, name, role, affiliation, dated, outlet, tuple(forms), others)))
    return found
