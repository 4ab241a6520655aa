"""``katanya track``: the figures that several accounts give for one thing, by time and by source."""

from collections import Counter
from typing import TYPE_CHECKING, Annotated, Any

import typer

from katanya.cli.shell import counted
from katanya.cli.tables import DEFAULT, AsCsv, AsJson, LedgerPath, Limit, Since, Until, answer, columns

if TYPE_CHECKING:
    from collections.abc import Sequence

    from katanya.ledger.tracks.accounts import Account
    from katanya.ledger.tracks.answers import Answer, LeftOut
    from katanya.ledger.tracks.tracks import Part, Track

OPEN = "…"
MOST_PLACES = 4  # that a track is headed with
MOST_LEFT_OUT = 10  # that are shown one by one
WIDE = 72  # characters of a sentence that is shown
WHYS = {
    "link": "in a link to another article",
    "part": "a part of a figure beside it",
    "elsewhere": "of another place",
    "unnamed": "what is asked for is not named near it",
    "time": "outside the days asked for",
    "alone": "nothing to lay beside it",
}
ASPECTS = {"increase": "what came anew", "target": "what is meant or thought to come"}


def track(
    words: Annotated[
        str, typer.Argument(metavar="QUESTION", help='What is counted and where: "korban tewas gempa Cianjur".')
    ],
    ledger: LedgerPath = DEFAULT,
    since: Since = None,
    until: Until = None,
    limit: Limit = 5,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
) -> None:
    """Show the figures of several accounts by time and by source, and which of them part. Evidence, never a verdict."""
    from katanya.ledger.store import Ledger

    with Ledger.open(ledger) as opened:
        found = opened.track(words, since=since, until=until, limit=limit)
    rows = [
        {"track": at, "why": None} | account.to_dict() for at, one in enumerate(found, 1) for account in one.accounts
    ]
    rows += [{"track": None} | one.to_dict() for one in found.left_out]
    flat = [{name: value for name, value in row.items() if name != "where"} for row in rows]
    answer(found.to_dict(), flat, lambda: shown(found), as_json=as_json, as_csv=as_csv)


def shown(found: "Answer") -> str:
    """Return an answer for eyes: each track by time, by source and by the pairs that part, then what is left out."""
    tracks = "\n".join(map(_track, found)) or "no two accounts give such a figure\n"
    return f"{tracks}{_left_out(found.left_out)}{_passed_over(found.passed_over)}"


def _track(one: "Track") -> str:
    by_time = columns([_account(account) for account in one.accounts])
    by_source = columns([_source(source.to_dict()) for source in one.sources])
    return f"{_head(one)}\n\n{by_time}\n{by_source}\n{_parts(one)}"


def _head(one: "Track") -> str:
    measure = " ".join(filter(None, (one.counted, one.unit, f"per {one.per}" if one.per else None)))
    told = [ASPECTS[one.aspect]] if one.aspect else []
    told += [f"of {one.period[0]} to {one.period[1]}"] if one.period else []
    outlets = len({account.outlet for account in one.accounts})
    size = (
        f"{len(one.accounts)} accounts of {counted(len(one.sources), 'source')} in {counted(outlets, 'outlet')}, "
        f"from {counted(one.origins, 'origin')}"
    )
    days = sorted({account.date[:10] for account in one.accounts if account.date})
    where = Counter(name for account in one.accounts for name in sorted(account.places))
    scene = [" to ".join(dict.fromkeys((days[0], days[-1])))] if days else []
    scene += [", ".join(name for name, _ in where.most_common(MOST_PLACES))] if where else []
    return f"{', '.join([measure.upper(), *told])}: {'; '.join([size, *scene])}"


def _parts(one: "Track") -> str:
    parts, unsure = one.parts, one.unsure
    if not parts and not unsure:
        return "no two of them part\n"
    told = f"these part, what the one allows lies below what the other does:\n{_pairs(parts)}" if parts else ""
    between = "\n" if parts and unsure else ""
    if unsure:
        told += f"{between}these differ, but the count may have grown or been set anew meanwhile:\n{_pairs(unsure)}"
    return told


def _pairs(parts: "Sequence[Part]") -> str:
    return columns([
        {"told": part.one.told or part.one.date, "one": part.one.source, "gives": bounds(part.one),
         "other": part.other.source, "and gives": bounds(part.other), "of one": ", ".join(part.because)}
        for part in parts
    ])  # fmt: skip


def _account(account: "Account") -> dict[str, Any]:
    origin = "" if account.origin is None else account.origin + 1
    return {
        "told": account.told or account.date, "figure": bounds(account), "words": _words(account), "who": account.group,
        "of": " to ".join(dict.fromkeys(day[:10] for day in (account.since, account.until) if day)) or None,
        "source": account.speaker or f"({account.outlet or account.article})", "outlet": account.outlet,
        "origin": origin, "where": ", ".join(sorted(account.places)[:MOST_PLACES]) or None,
    }  # fmt: skip


def _words(account: "Account") -> str:
    return " ".join(filter(None, (account.hedge, account.words)))


def _source(plain: dict[str, Any]) -> dict[str, Any]:
    return plain | {bound: OPEN if plain[bound] is None else plain[bound] for bound in ("low", "high")}


def _left_out(left_out: "Sequence[LeftOut]") -> str:
    """Return how many figures are in no track and why, and the first of them."""
    if not left_out:
        return ""
    by_why = Counter(WHYS[one.why.value] for one in left_out)
    told = "; ".join(f"{number} {why}" for why, number in by_why.most_common())
    rows = columns([
        {"told": one.account.told or one.account.date, "figure": bounds(one.account), "source": one.account.source,
         "why": one.why.value, "sentence": _short(one.account.sentence or "")} for one in left_out[:MOST_LEFT_OUT]
    ])  # fmt: skip
    more = len(left_out) - MOST_LEFT_OUT
    rest = f"and {more} more, all with --json or --csv\n" if more > 0 else ""
    return f"\nleft out, {counted(len(left_out), 'figure')}: {told}\n{rows}{rest}"


def _passed_over(number: int) -> str:
    what = f"{counted(number, 'article')} more have the words and were not looked into"
    return f"\n{what}: name the event closer, or a period\n" if number else ""


def _short(sentence: str) -> str:
    return sentence if len(sentence) <= WIDE else f"{sentence[: WIDE - 1].rstrip()}{OPEN}"


def bounds(account: "Account") -> str:
    """Return the bounds of an account for eyes, an open one as an ellipsis."""
    low, high = account.low, account.high
    if low == high and low is not None:
        return f"{low:.12g}"
    return f"{OPEN if low is None else format(low, '.12g')} to {OPEN if high is None else format(high, '.12g')}"
