"""``katanya who`` and ``katanya shift``: one speaker across articles."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from katanya.cli.relate import remind
from katanya.cli.search import listed
from katanya.cli.shell import counted
from katanya.cli.tables import DEFAULT, AsCsv, AsJson, LedgerPath, Limit, answer, columns

if TYPE_CHECKING:
    from collections.abc import Sequence

    from katanya.ledger.identity.stored import Bearer
    from katanya.ledger.people import Profile, Shift

Name = Annotated[str, typer.Argument(metavar="NAME", help="Words of the speaker's name.")]
Person = Annotated[int | None, typer.Option("--person", help="Which of that name, by number.")]


def who(
    name: Name,
    ledger: LedgerPath = DEFAULT,
    person: Person = None,
    limit: Limit = 10,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
) -> None:
    """Show a speaker: roles over time, share of direct speech, who else speaks in the same articles, statements."""
    from katanya.ledger.store import Ledger

    with Ledger.open(ledger) as opened:
        profile = opened.who(name, person=person, limit=limit)
        remind(opened)
    answer(profile.to_dict(), _rows(profile), lambda: _shown(profile), as_json=as_json, as_csv=as_csv)


def shift(
    name: Name,
    topic: Annotated[str, typer.Argument(metavar="TOPIC", help="What was said, as for katanya search.")],
    ledger: LedgerPath = DEFAULT,
    person: Person = None,
    limit: Limit = 10,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
) -> None:
    """Show what a speaker said about something earlier and later, side by side."""
    from katanya.ledger.store import Ledger

    with Ledger.open(ledger) as opened:
        found = opened.shift(name, topic, person=person, limit=limit)
        remind(opened)
    sides = (("earlier", found.earlier), ("later", found.later))
    rows = [{"side": side, **hit.to_dict()} for side, hits in sides for hit in hits]
    answer(found.to_dict(), rows, lambda: _sides(found), as_json=as_json, as_csv=as_csv)


def _rows(profile: "Profile") -> list[dict[str, Any]]:
    """Return all of a profile as rows of one table; the first column tells the parts apart."""
    empty = dict.fromkeys(("name", "role", "affiliation", "first", "last", "count", "share", "statement", "content"))
    rows: list[dict[str, Any]] = [
        {"name": profile.name, "first": profile.first, "last": profile.last, "count": profile.statements},
        {"share": profile.direct.to_dict()["share"], "count": profile.direct.statements},
        *(other.to_dict() for other in profile.names),
        *({**seen.to_dict(), "count": seen.articles} for seen in profile.roles),
        *(other.to_dict() for other in profile.counterparts),
        *({"statement": hit.statement, "first": hit.dated, "role": hit.role, "content": hit.content}
          for hit in profile.latest),
        *({"name": other.name, "count": other.statements} for other in profile.others),
    ]  # fmt: skip
    parts = [
        "speaker", "direct", *["name"] * len(profile.names), *["role"] * len(profile.roles),
        *["counterpart"] * len(profile.counterparts), *["statement"] * len(profile.latest),
        *["other of that name"] * len(profile.others),
    ]  # fmt: skip
    return [
        {"part": part} | {name: row.get(name) for name in empty} for part, row in zip(parts, rows, strict=True)
    ]


def _shown(profile: "Profile") -> str:
    if not profile.statements:
        return "nobody of that name speaks in this ledger\n"
    direct = profile.direct
    period = f"{profile.first or 'undated'} to {profile.last}" if profile.last else "undated"
    names = ", ".join(f"{name.name} ({name.count})" for name in profile.names)
    statements, articles = counted(profile.statements, "statement"), counted(profile.articles, "article")
    parts = [
        f"{profile.name}: {statements} in {articles}, {period}\n",
        f"named: {names}\n",
        f"direct speech: {direct.share:.0%} ({direct.low:.0%} to {direct.high:.0%})\n",
        "\n" + columns([seen.to_dict() for seen in profile.roles]) if profile.roles else "",
        "\nin the same articles:\n" + columns([other.to_dict() for other in profile.counterparts])
        if profile.counterparts else "",
        "\n" + listed(profile.latest),
        _others(profile.others),
    ]  # fmt: skip
    return "".join(parts)


def _sides(found: "Shift") -> str:
    undated = f"\n{found.undated} more have no date\n" if found.undated else ""
    return f"EARLIER\n{listed(found.earlier)}\nLATER\n{listed(found.later)}{undated}{_others(found.others)}"


def _others(others: "Sequence[Bearer]") -> str:
    """Return who else bears the name, so that nobody is hidden behind the one who is quoted most."""
    if not others:
        return ""
    return "\nothers of that name, for --person:\n" + columns([other.to_dict() for other in others])
