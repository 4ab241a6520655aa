"""Articles made up for the tests of the ledger: a paper of an invented district, an article a line."""

import json
from pathlib import Path

from katanya.api import Article
from katanya.core.records import Act, Document, Kind, Person, SpeakerKind, Statement
from katanya.core.spans import Span
from katanya.core.values import Figure, Place, Time, TimeType
from katanya.ledger.entries import Program

NOW = "2026-01-31T08:00:00+00:00"
PROGRAM = Program("1.0", "id", "none")

SAID = {
    "Rini Wulandari": ("Camat", "Sukamaju"),
    "Bagas Prakoso": ("Kepala", "BPBD Kabupaten Tirta"),
    "Lestari Handayani": ("Bupati", "Tirta"),
    "Dinas Perhubungan": (None, None),
}


def told(
    id: str,
    *sayings: tuple[str | None, str],
    published: str | None = "2025-06-03",
    outlet: str | None = "Kabar Tirta",
    url: str | None = None,
    title: str | None = None,
    roles: dict[str, tuple[str | None, str | None]] = SAID,
) -> Article:
    """Return an article of sentences "NAME mengatakan WORDS."; words in quotation marks are direct speech."""
    text, statements, people = "", [], {}
    for number, (speaker, words) in enumerate(sayings, 1):
        name = speaker or "Kabarnya"
        source = Span(len(text), len(text) + len(name), name)
        cue = Span(source.end + 1, source.end + 11, "mengatakan")
        inner = words.strip('"')
        start = cue.end + 1 + words.index(inner)
        text += f"{name} mengatakan {words}.\n"
        body = speaker is not None and roles.get(speaker, (None, None)) == (None, None)
        sort = SpeakerKind.ORGANISATION if body else SpeakerKind.PERSON
        statements.append(Statement(
            f"s{number}", Kind.DIRECT if '"' in words else Kind.INDIRECT, Act.ASSERTIVE, cue, source,
            (Span(start, start + len(inner), inner),), speaker, sort if speaker else SpeakerKind.NONE,
            confidence=0.9, because=("made up",),
        ))  # fmt: skip
        if speaker and not body:
            role, affiliation = roles.get(speaker, (None, None))
            mentions = (*(people[speaker].mentions if speaker in people else ()), source)
            people[speaker] = Person(speaker, role, affiliation, mentions)
    document = Document(text, id, title, outlet, published, url, "id")
    return Article(document, tuple(statements), tuple(people.values()))


def whole() -> Article:
    """Return an article that has a value in every field of the record."""
    text = (
        "Kepala BPBD Tirta, Bagas Prakoso, mengatakan di posko, Selasa, saat meninjau banjir, \"sedikitnya 40 rumah "
        "per desa rusak di Sukamaju sejak Senin, dan Rini bilang airnya surut\"."
    )

    def cut(words: str) -> Span:
        start = text.index(words)
        return Span(start, start + len(words), words)

    figure = Figure(
        cut("sedikitnya 40"), 40, None, "rumah", of=cut("rumah"), hedge=cut("sedikitnya"), per=cut("per desa"),
        flags=("open",), because="test",
    )  # fmt: skip
    time = Time(cut("sejak Senin"), TimeType.DATE, "2025-06-02", "2025-06-02", None, "day", "START", "published")
    place = Place(cut("Sukamaju"), "Sukamaju", "village", "ID", "ID-JB", -6.9, 107.6)
    outer = Statement(
        "s1", Kind.DIRECT, Act.ASSERTIVE, cut("mengatakan"), cut("Bagas Prakoso"),
        (cut("sedikitnya 40 rumah per desa rusak"), cut("di Sukamaju sejak Senin, dan Rini bilang airnya surut")),
        "Bagas Prakoso", SpeakerKind.PERSON, cut("Selasa"), cut("di posko"), cut("saat meninjau banjir"), None,
        (figure,), (time,), (place,), 0.75, ("rule", "name"),
    )  # fmt: skip
    inner = Statement(
        "s2", Kind.INDIRECT, Act.ASSERTIVE, cut("bilang"), cut("Rini"), (cut("airnya surut"),), "Rini",
        SpeakerKind.PERSON, within="s1",
    )  # fmt: skip
    people = (Person("Bagas Prakoso", "Kepala", "BPBD Tirta", (cut("Bagas Prakoso"),)), Person("Rini"))
    document = Document(text, "banjir", "Banjir", "Kabar Tirta", "Selasa (3/6/2025)", "https://tirta.example/1", "id")
    return Article(document, (outer, inner), people)


def write_lines(path: Path, articles: list[Article]) -> None:
    """Write records into a file of JSON lines."""
    path.write_text("".join(json.dumps(article.to_dict(), ensure_ascii=False) + "\n" for article in articles))


def many(count: int) -> list[Article]:
    """Return so many different articles."""
    return [
        told(
            f"n{number}",
            ("Rini Wulandari", f"jembatan nomor {number} ditutup karena kayunya lapuk"),
            ("Bagas Prakoso", f'"Kami mengungsikan {number} warga dari bantaran sungai"'),
            ("Dinas Perhubungan", f"jalur {number} dialihkan"),
            title=f"Kabar jembatan {number}",
        )
        for number in range(count)
    ]  # fmt: skip
