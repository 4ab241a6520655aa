"""The second look: what the tags of the first say about each item, its sentence, and the person it belongs to.

The corpus labels all of a public figure's quotations or none. A tag of one of them, or of the introduction, so tells
about every other, however far away.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from katanya.core.records import Article, Kind
from katanya.pfsa.items import OUT, Items

SHOWN = 8  # items of a source that belong to its speaker
EDGE = "^"


@dataclass(slots=True)
class Links:
    """Which person an item belongs to (``whose``), which one its sentence names next (``coming``).

    ``quotes`` are the first items of the quotations of each, ``mentions`` the items of each one's names.
    """

    whose: dict[int, str] = field(default_factory=dict)
    coming: dict[int, str] = field(default_factory=dict)
    quotes: dict[str, list[int]] = field(default_factory=dict)
    mentions: dict[str, list[int]] = field(default_factory=dict)


def links_of(items: Items, article: Article) -> Links:
    """Return how the items of an article belong to its people, by the rules."""
    links = Links()
    for statement in article.statements:
        if statement.kind is not Kind.DIRECT:
            continue
        quote = items.range_of(statement.contents[0].start, statement.contents[0].end)[0]
        speaker = statement.speaker or f"?{quote}"
        links.quotes.setdefault(speaker, []).append(quote)
        for span in (statement.contents[0], statement.cue, statement.source):
            if span is not None:
                first, last = items.range_of(span.start, span.end)
                for index in range(first, min(last, first + SHOWN)):
                    links.whose.setdefault(index, speaker)
    names: dict[int, str] = {}
    for person in article.people:
        for mention in person.mentions:
            first, last = items.range_of(mention.start, mention.end)
            names[first] = person.name
            links.whose |= dict.fromkeys(range(first, last), person.name)
            links.mentions.setdefault(person.name, []).extend(range(first, last))
    _announce(items, names, links)
    return links


def second_rows(items: Items, links: Links, chosen: Sequence[int], tags: Sequence[str]) -> list[list[str]]:
    """Return the features that the first look's ``tags``, one an item, give to the chosen items."""
    labels: dict[int, set[str]] = {}
    for index, tag in enumerate(tags):
        if tag != OUT:
            labels.setdefault(items.sentences[index], set()).add(tag.partition("-")[2])
    verdicts = {name: _verdict(links, name, tags) for name in {*links.quotes, *links.mentions}}
    edged = [EDGE, EDGE, *tags, EDGE, EDGE]
    rows: list[list[str]] = []
    for index in chosen:
        before2, before, own, after, after2 = edged[index:index + 5]
        row = [f"t0:{own}", f"t-1:{before}", f"t+1:{after}", f"t-2:{before2}", f"t+2:{after2}", f"t01:{own}{after}",
               f"t-10:{before}{own}", f"t0w:{own}|{items.lower[index]}"]
        row += [f"ts:{label}" for label in sorted(labels.get(items.sentences[index], ()))]
        row += _of_person("tw", index, links.whose, verdicts, own)
        row += _of_person("tn", index, links.coming, verdicts, own)
        rows.append(row)
    return rows


def _of_person(name: str, index: int, people: Mapping[int, str], verdicts: Mapping[str, str], own: str) -> list[str]:
    if index not in people:
        return []
    verdict = verdicts[people[index]]
    return [f"{name}:{verdict}", f"{name}:{verdict}:{own}"]


def _verdict(links: Links, name: str, tags: Sequence[str]) -> str:
    """Tell how many of somebody's quotations the first look has tagged, and what it has made of the names."""
    quotes = [tags[index] != OUT for index in links.quotes.get(name, ())]
    how_many = "-" if not quotes else "all" if all(quotes) else "none" if not any(quotes) else "few"
    if how_many == "few" and 2 * sum(quotes) >= len(quotes):
        how_many = "most"
    labels = {tags[index].partition("-")[2] for index in links.mentions.get(name, ())}
    return how_many + ("P" if "PERSON" in labels else "C" if "PERSONCOREF" in labels else "-" if labels else "?")


def _announce(items: Items, names: Mapping[int, str], links: Links) -> None:
    coming: str | None = None
    for index in range(len(items) - 1, -1, -1):
        if index + 1 < len(items) and items.sentences[index] != items.sentences[index + 1]:
            coming = None
        if index in names:
            coming = names[index]
        elif coming is not None and index not in links.whose:
            links.coming[index] = coming
