"""``katanya quote``: one quotation in several articles, earliest first, and how its words changed."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from katanya.cli.shell import counted
from katanya.cli.tables import DEFAULT, AsCsv, AsJson, LedgerPath, Limit, Speaker, answer, wrapped

if TYPE_CHECKING:
    from collections.abc import Sequence

    from katanya.ledger.quotations.stored import Quoted, Told

INDENT = 4
NOTHING = "no quotation with these words stands in more than one article\n"


def quote(
    words: Annotated[str, typer.Argument(metavar="WORDS", help='Words of the quotation; "in quotes" as it stands.')],
    ledger: LedgerPath = DEFAULT,
    speaker: Speaker = None,
    limit: Limit = 5,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
) -> None:
    """Show a quotation in all its versions: who had it first, who has it from whom, which words changed."""
    from katanya.cli.relate import remind
    from katanya.ledger.store import Ledger

    with Ledger.open(ledger) as opened:
        found = opened.quote(words, speaker=speaker, limit=limit)
        remind(opened)
    plain = [quotation.to_dict() for quotation in found]
    answer(plain, _rows(plain), lambda: shown(found), as_json=as_json, as_csv=as_csv)


def shown(found: "Sequence[Quoted]") -> str:
    """Return quotations for eyes: [-left out-], [+put in+], … where one quotes more than the other."""
    return "\n".join(map(_quotation, found)) or NOTHING


def _quotation(quotation: "Quoted") -> str:
    first = quotation.versions[0]
    versions, origins = counted(len(quotation.versions), "version"), counted(quotation.origins, "origin")
    head = f"{first.speaker or '–'}: {versions}, {origins}\n"
    earliest = f"{_place(first)}{wrapped(first.content, INDENT)}"
    return head + earliest + "".join(
        f"{_place(version)}{wrapped(_changes(version), INDENT)}" for version in quotation.versions[1:]
    )


def _place(version: "Told") -> str:
    because = f" ({', '.join(version.because)})" if version.because else ""
    origin = f"origin {version.origin + 1}{because}"
    carried = f" · also in {', '.join(version.carried)}" if version.carried else ""
    return f"{version.statement}  {version.dated or 'undated'} · {version.outlet or '–'} · {origin}{carried}\n"


def _changes(version: "Told") -> str:
    words = []
    for step in version.drift.steps:
        before, after = " ".join(step.before), " ".join(step.after)
        match step.change.value:
            case "kept":
                words.append(after)
            case "outside":
                words.append(f"… {after}".strip() if after else "…")
            case _:
                words += [f"[-{before}-]"] * bool(before) + [f"[+{after}+]"] * bool(after)
    return " ".join(words)


def _rows(quotations: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the versions as rows; the drift is one cell of steps."""
    rows = []
    for quotation in quotations:
        for version in quotation["versions"]:
            steps = version["drift"]
            changes = [f"{change}: {before} > {after}" for change, before, after in steps if change != "kept"]
            rows.append({"quotation": quotation["id"], "origins": quotation["origins"]} | version | {"drift": changes})
    return rows
