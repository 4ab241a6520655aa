"""Articles made up for the tests of doors and views."""

from katanya.core.records import Act, Article, Document, Kind, Person, SpeakerKind, Statement
from katanya.core.spans import Span

TEXT = (
    "Camat Sukamaju Rini Wulandari mengatakan jembatan gantung ditutup sementara.\n"
    '"Kayunya lapuk, dan Pak Karta bilang talinya juga aus," kata Rini di kantornya, Selasa (3/6/2025).\n'
    "Menurut data Dinas Perhubungan Kabupaten Tirta, 40 warga melintas di sana setiap hari.\n"
    "Jembatan itu dikabarkan akan diganti."
)


def cut(words: str, after: int = 0) -> Span:
    """Return the span of words in `TEXT`."""
    start = TEXT.index(words, after)
    return Span(start, start + len(words), words)


def article(text: str = TEXT) -> Article:
    """Return a record of `TEXT` made by hand: direct, indirect, nested, a document, hearsay."""
    second = TEXT.index("kata Rini")
    statements = (
        Statement(
            "s1",
            Kind.INDIRECT,
            Act.ASSERTIVE,
            cut("mengatakan"),
            cut("Camat Sukamaju Rini Wulandari"),
            (cut("jembatan gantung ditutup sementara"),),
            "Rini Wulandari",
            SpeakerKind.PERSON,
            because=("indirect", "name"),
        ),
        Statement(
            "s2",
            Kind.DIRECT,
            Act.ASSERTIVE,
            cut("kata", second),
            cut("Rini", second),
            (cut("Kayunya lapuk, dan Pak Karta bilang talinya juga aus"),),
            "Rini Wulandari",
            SpeakerKind.PERSON,
            time=cut("Selasa (3/6/2025)"),
            place=cut("di kantornya"),
        ),
        Statement(
            "s3",
            Kind.INDIRECT,
            Act.ASSERTIVE,
            cut("bilang"),
            cut("Pak Karta"),
            (cut("talinya juga aus"),),
            "Pak Karta",
            SpeakerKind.PERSON,
            within="s2",
        ),
        Statement(
            "s4",
            Kind.INDIRECT,
            Act.ASSERTIVE,
            cut("Menurut"),
            cut("data Dinas Perhubungan Kabupaten Tirta"),
            (cut("40 warga melintas di sana setiap hari"),),
            "data Dinas Perhubungan Kabupaten Tirta",
            SpeakerKind.DOCUMENT,
        ),
        Statement(
            "s5",
            Kind.INDIRECT,
            Act.ASSERTIVE,
            cut("dikabarkan"),
            None,
            (cut("Jembatan itu"), cut("akan diganti")),
            None,
            SpeakerKind.NONE,
        ),
    )
    people = (
        Person("Rini Wulandari", "Camat", "Sukamaju", (cut("Rini Wulandari"), cut("Rini", second))),
        Person("Pak Karta", mentions=(cut("Pak Karta"),)),
    )
    document = Document(
        text,
        "jembatan",
        "Jembatan <Gantung> & Warga",
        "Kabar Tirta",
        "2025-06-03",
        "https://kabartirta.example/jembatan?a=1&b=2",
        "id",
    )
    return Article(document, statements, people)
