"""Articles made up for the tests of exports: all that makes offsets go wrong stands in their texts."""

from katanya.core.records import Act, Article, Document, Kind, Person, SpeakerKind, Statement
from katanya.core.spans import Span
from katanya.core.values import Figure, Place, Time, TimeType

FLOOD = (
    "🌊 Banjir Tirta: “Airnya naik cepat 😢,\r\nkami butuh perahu,” ujar Camat Sukamaju Rini Wulandari 👩🏽‍💼 di "
    "posko, Selasa, saat meninjau tanggul.\n\n“Sedikitnya 40 rumah\nrusak di Sukamaju sejak Senin,” kata dia. "
    "Menurut Bagas, 𝟚 jembatan putus\u2028dan Lestari bilang bantuan\tcukup. BPBD Tirta membantah tanggul jebol. "
    "Kabarnya, hujan akan berlanjut 🌧️."
)


def cut(text: str, words: str, after: int = 0) -> Span:
    """Return where words stand in a text."""
    start = text.index(words, after)
    return Span(start, start + len(words), words)


def flood() -> Article:
    """Return an article with emoji before and inside its stretches, line breaks of three sorts, and every field."""
    def at(words: str) -> Span:
        return cut(FLOOD, words)

    rini, figure = at("Rini Wulandari"), Figure(at("Sedikitnya 40"), 40, None, "rumah", hedge=at("Sedikitnya"))
    time = Time(at("sejak Senin"), TimeType.DATE, "2025-06-02", "2025-06-02")
    second = cut(FLOOD, "Sukamaju", figure.span.end)
    place = Place(second, "Sukamaju", "village", "ID", "ID-JB", -6.9, 107.6)
    statements = (
        Statement("s1", Kind.DIRECT, Act.DIRECTIVE, at("ujar"), at("Camat Sukamaju Rini Wulandari"),
                  (at("Airnya naik cepat 😢,\r\nkami butuh perahu"),), "Rini Wulandari", SpeakerKind.PERSON,
                  at("Selasa"), at("di posko"), at("saat meninjau tanggul")),
        Statement("s2", Kind.DIRECT, Act.ASSERTIVE, at("kata"), at("dia"),
                  (at("Sedikitnya 40 rumah\nrusak"), at("di Sukamaju sejak Senin")), "Rini Wulandari",
                  SpeakerKind.PERSON, figures=(figure,), times=(time,), places=(place,), confidence=0.9,
                  because=("quoted",)),
        Statement("s3", Kind.INDIRECT, Act.ASSERTIVE, at("Menurut"), at("Bagas"),
                  (at("𝟚 jembatan putus\u2028dan Lestari bilang bantuan\tcukup"),), "Bagas", SpeakerKind.PERSON),
        Statement("s4", Kind.INDIRECT, Act.ASSERTIVE, at("bilang"), at("Lestari"), (at("bantuan\tcukup"),), "Lestari",
                  SpeakerKind.PERSON, within="s3"),
        Statement("s5", Kind.INDIRECT, Act.DENIAL, at("membantah"), at("BPBD Tirta"), (at("tanggul jebol"),),
                  "BPBD Tirta", SpeakerKind.ORGANISATION),
        Statement("s6", Kind.INDIRECT, Act.ASSERTIVE, at("Kabarnya"), None, (at("hujan akan berlanjut 🌧️"),), None,
                  SpeakerKind.NONE),
        Statement("s7", Kind.INDIRECT, Act.WITHHELD, None, None, (), "Lestari", SpeakerKind.PERSON),
    )  # fmt: skip
    people = (Person("Rini Wulandari", "Camat", "Sukamaju", (rini,)), Person("Bagas", mentions=(at("Bagas"),)),
              Person("Lestari", "Bupati \"Tirta\""))
    document = Document(FLOOD, "banjir/1", "Banjir 🌊", "Kabar Tirta", "2025-06-03", "https://tirta.example/1", "id")
    return Article(document, statements, people)


def bridge(id: str = "jembatan", text: str = "Bupati Lestari Handayani mengatakan jembatan lama ditutup.") -> Article:
    """Return a short article of one statement, and nothing else that is known of it."""
    name = cut(text, "Lestari Handayani")
    statement = Statement("s1", Kind.INDIRECT, Act.ASSERTIVE, cut(text, "mengatakan"), name,
                          (cut(text, "jembatan lama ditutup"),), name.text, SpeakerKind.PERSON)  # fmt: skip
    return Article(Document(text, id), (statement,), (Person(name.text, "Bupati", None, (name,)),))


def silent() -> Article:
    """Return an article in which nobody says anything."""
    return Article(Document("Hujan turun di Tirta sejak pagi.", "hujan"))
