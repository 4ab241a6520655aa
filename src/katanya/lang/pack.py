"""What a language supplies: a cue table and named word lists, read from data files and checked.

A pack is a folder beside this file, named by its language code. It holds ``cues.tsv`` and any
number of ``*.toml`` files of word lists; ``REQUIRED`` says which lists every language must have.
Adding a language is adding a folder.
"""

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from katanya.core.errors import PackError
from katanya.core.records import Act

HOME = Path(__file__).parent
CUES = "cues.tsv"
VOICES = ("bare", "active", "passive", "preposition", "adverb", "noun")
COLUMNS = ("lemma", *VOICES, "act", "denies", "needs")
NEEDS = ("any", "clause", "that", "quote")
COMPOUNDS = "compounds"

REQUIRED: dict[str, tuple[str, ...]] = {
    "abbreviations": ("titles", "general"),
    "acts": (
        "withholding", "stances", "directives", "expressives", "commissives", "denials", "questions", "reminders",
        "urging", "answering", "own_feelings", "own_requests", "own_plans", "feeling", "requesting", "pledging",
        "greeting", "ordering", "wondering", "denying", "silent", "conveying", "conveyed", "pledged", "felt", "plans",
        "vows", "selves", "between", "happenings", "forecasting",
    ),
    "boilerplate": (
        "links", "films", "labels", "banners", "alone", "notices", "writers", "credits", "bylines", "pictures",
        "picture_labels", "agencies", "embeds", "camels", "smalls", "openers", "changed", "channels", "offices",
        "boxes", "page_fields", "page_wholes",
    ),
    "calendar": ("shapes", "phrases", "capitals", "days", "months", "parts", "deictics", "units"),
    "columns": ("text", "title", "outlet", "published", "url", "language", "author", "modified", "id", "by"),
    "figures": (
        "spells",
        "adverbial", "age_cues", "age_nouns", "alike", "bearings", "between", "between_links", "both_and", "bridges",
        "classifiers", "clock_cues", "clock_zones", "comparable", "compared_by", "describing", "directions", "each",
        "either", "existing", "falling", "falls", "fold_marks", "fold_words", "grouped", "idioms", "joining",
        "labels", "light", "links", "measures", "minus", "money_cues", "more", "none_of", "nouns", "only", "ordered",
        "ordinal_prefixes", "outcomes", "over", "part_of", "partitives", "per_links", "per_marks", "per_spans",
        "periods", "person_classifiers", "plain_counts", "range_links", "ranks", "ratio_cues", "ratio_links",
        "reaching", "rises", "rising", "rounds", "score_cues", "singling", "sizes", "someone", "stops",
        "strong_links", "time_nouns", "times_words", "trailing", "wholes", "years",
    ),
    "grammar": (
        "adjuncts", "adverbs", "attributive", "auxiliaries", "complementizers", "conditionals",
        "conjunctions", "connectives", "contrasts", "finite", "irrealis", "joining", "joining_too", "linkers",
        "local", "negations", "not_verbs", "predicates", "prepositions", "quantifiers", "refusals",
        "relatives", "scalars", "subordinators", "that", "trailing_adverbs", "verb_prefixes",
    ),
    "identity": ("first_names", "former", "acting", "seats"),
    "letters": ("forwarded", "from", "sent", "about", "others", "prefixes"),
    "names": (
        "people", "doubtful", "places", "organisations", "common", "particles", "inside", "never", "locating",
        "spellings", "nicknames", "initials",
    ),
    "occasion": (
        "openers", "certain", "asked", "activities", "leads", "containers", "place_leads", "continuers",
        "telling", "nouns", "gatherings", "never", "addressing", "persons", "introducing", "manners", "ways",
        "carriers", "quoting", "stops", "breaks", "halts", "received",
    ),
    "places": (
        "domestic",
        "acting", "beside", "between", "bodies", "clubs", "common", "dealings", "extending", "facilities", "fixed",
        "home", "joining", "languages", "locating", "money", "organisations", "persons", "relating", "seats", "sports",
        "stopping", "streets", "tails",
    ),
    "pronouns": ("singular", "plural", "first", "demonstratives", "selves", "suffix"),
    "quotation_marks": ("opening", "closing", "either", "single", "damaged"),
    "quotations": ("agencies",),
    "roles": (
        "holders", "surnames", "unplaced",
        "heads", "before", "introducers", "territorial", "organisations", "departments", "bodies", "people",
        "documents", "utterances", "singles", "origins", "inside", "aliases", "fields", "many", "sides", "seats",
        "governing", "common", "persons", "makers", "camps", "initials", "outlets", "naming", "fielded", "serving",
        "belonging", "akin", "again", "accounts",
        "authorities", "kin", "equals",
    ),
    "sources": (
        "agentless", "agents", "bringing", "documents", "empty", "groundwords", "media",
        "messages", "nouns_too", "plain", "proposals", "quoting", "quoting_links", "said", "showing",
        "stances", "things", "thus", "viewpoints",
    ),
    "stems": ("roots",),
    "times": ("home",),
    "tracks": (
        "parts", "among", "shares", "joins", "small", "others", "risks", "agents", "empty", "people", "anyone",
        "degrees", "hourly", "losses", "active", "increases", "fresh", "sums", "becoming", "spells", "until", "since",
        "targets",
    ),
    "titles": ("before", "within_rank", "after", "not_after"),
}

# The tables of a language, ``name.tsv``, by their columns.
TABLES: dict[str, tuple[str, ...]] = {
    "hijri": ("year", "month", "first"),
    "holidays": ("name", "day"),
    "time_shapes": ("name", "reading", "shape"),
    "times": ("class", "value", "case", "words"),
    "hedges": ("form", "side", "effect"),
    "known_things": ("name", "forms", "quantity", "value", "unit", "source"),
    "numbers": ("form", "role", "value", "high"),
    "quantities": ("form", "quantity"),
    "places": ("name", "forms", "kind", "country", "region", "lat", "lon", "population"),
    "places_towns": ("name", "forms", "kind", "country", "region", "lat", "lon", "population"),
    "places_kinds": ("word", "kind", "reading"),
    "units": ("unit", "kind", "after", "before"),
    "abbreviations": ("short", "long"),
    "affixes": ("side", "affix", "letters", "restores", "class"),
    "houses": ("name", "house"),
    "counted": ("class", "words"),
    "name_words": ("word", "rate"),
    "role_words": ("word", "rate"),
    "shortenings": ("short", "long"),
}


@dataclass(frozen=True, slots=True)
class Cue:
    """A reporting word in one of its forms.

    ``voice`` is bare (``kata``), active (``mengatakan``), passive (``dikatakan``), preposition (``menurut``), adverb
    (``konon``) or noun (``arahan``); ``width`` words of the form are the cue itself. ``needs`` says what must stand
    beside it to report anything: ``any`` content, a ``clause``, a complementizer (``that``) or a quotation (``quote``).
    ``denies`` marks words that deny by themselves (``membantah``).
    """

    form: str
    lemma: str
    voice: str
    act: Act
    denies: bool
    needs: str
    width: int = 1


@dataclass(frozen=True)
class Pack:
    """A language: its code, its cues by form, and its word lists by ``file.list`` name."""

    code: str
    cues: dict[str, Cue]
    lists: dict[str, tuple[str, ...]]
    folder: Path | None = None

    def table(self, name: str) -> tuple[tuple[str, ...], ...]:
        """Return the rows of ``name.tsv``, its cells in the order of `TABLES`; raises `PackError` where it is amiss.

        Unlike the word lists a table is read when it is first asked for: some are large.
        """
        if self.folder is None:
            raise PackError(f"no table '{name}'", where=f"language '{self.code}'", fix="load the pack from its folder")
        return read_table(self.folder / f"{name}.tsv", TABLES[name])

    def words(self, name: str) -> frozenset[str]:
        """Return the word list ``file.list`` as a set; raises `PackError` where the pack has none."""
        return frozenset(self.entries(name))

    def entries(self, name: str) -> tuple[str, ...]:
        """Return the word list ``file.list`` in the order of its file; raises `PackError` where there is none."""
        try:
            return self.lists[name]
        except KeyError:
            raise PackError(f"no word list '{name}'", where=f"language '{self.code}'",
                            fix=f"add it to lang/{self.code}/{name.partition('.')[0]}.toml") from None


@cache
def load_pack(code: str, home: Path = HOME) -> Pack:
    """Read and check the pack of a language; raises `PackError` that names file, entry and fault."""
    folder = home / code
    if not (folder / CUES).is_file():
        known = ", ".join(sorted(path.parent.name for path in home.glob(f"*/{CUES}")))
        raise PackError(f"no language pack '{code}'", where=str(home), fix=f"known: {known}")
    lists: dict[str, tuple[str, ...]] = {}
    for path in sorted(folder.glob("*.toml")):
        lists |= _read_lists(path)
    for file, names in REQUIRED.items():
        for name in names:
            if f"{file}.{name}" not in lists:
                where = f"{code}/{file}.toml"
                raise PackError(f"the list '{name}' is missing", where=where, fix="every pack needs it")
    return Pack(code, _read_cues(folder / CUES), lists, folder)


@cache
def read_table(path: Path, columns: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    """Read a table of tab-separated cells whose first line names the columns; lines of ``#`` are comments.

    Raises `PackError` that names the file, the line and the fault.
    """
    where = f"{path.parent.name}/{path.name}"
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise PackError(f"cannot be read: {error}", where=where, fix="every pack needs it") from error
    rows = [(number, tuple(line.split("\t"))) for number, line in enumerate(lines, 1) if line and line[0] != "#"]
    if not rows or rows[0][1] != columns:
        raise PackError("the first line must name the columns", where=where, fix="\t".join(columns))
    for number, cells in rows:
        if len(cells) != len(columns):
            fault = f"{len(cells)} cells instead of {len(columns)}"
            raise PackError(fault, where=f"{where}:{number}", fix="separate them by one tab")
    return tuple(cells for _, cells in rows[1:])


def without_suffix(word: str, suffixes: Iterable[str]) -> str:
    """Return a word without the first of some suffixes that it ends in."""
    for suffix in suffixes:
        if word.endswith(suffix):
            return word.removesuffix(suffix)
    return word


def check_entries(entries: Iterable[str], where: str, compounds: Iterable[str] = ()) -> None:
    """Refuse empty, untrimmed, duplicate and fused entries; raises `PackError`.

    An entry is fused when it is two other entries of its list run together, as a missing comma leaves them;
    real words of that shape are named in ``compounds``.
    """
    seen: set[str] = set()
    for entry in entries:
        if not entry.strip():
            raise PackError("an empty entry", where=where, fix="remove it")
        if entry != entry.strip():
            raise PackError(f"white space around {entry!r}", where=where, fix="trim it")
        if entry in seen:
            raise PackError(f"{entry!r} stands twice", where=where, fix="remove one")
        seen.add(entry)
    allowed = set(compounds)
    for entry in seen - allowed:
        for cut in range(3, len(entry) - 2):
            if entry[:cut] in seen and entry[cut:] in seen:
                raise PackError(f"{entry!r} looks like {entry[:cut]!r} and {entry[cut:]!r} run together", where=where,
                                fix=f"put a comma between them, or name it under '{COMPOUNDS}'")


def _read_lists(path: Path) -> dict[str, tuple[str, ...]]:
    where = f"{path.parent.name}/{path.name}"
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise PackError(f"not TOML: {error}", where=where, fix="mend the syntax") from error
    compounds = tables.pop(COMPOUNDS, [])
    lists: dict[str, tuple[str, ...]] = {}
    for name, entries in tables.items():
        if not isinstance(entries, list) or not entries or not all(isinstance(entry, str) for entry in entries):
            raise PackError(f"'{name}' is not a filled list of strings", where=where, fix="write name = [\"…\", …]")
        check_entries(entries, f"{where}: {name}", compounds)
        lists[f"{path.stem}.{name}"] = tuple(entries)
    return lists


def _read_cues(path: Path) -> dict[str, Cue]:
    where = f"{path.parent.name}/{path.name}"
    lines = path.read_text(encoding="utf-8").splitlines()
    rows = [(number, line.split("\t")) for number, line in enumerate(lines, 1) if line and not line.startswith("#")]
    if not rows or tuple(rows[0][1]) != COLUMNS:
        raise PackError("the first line must name the columns", where=where, fix="\t".join(COLUMNS))
    cues: dict[str, Cue] = {}
    for number, cells in rows[1:]:
        for cue in _cue_forms(cells, f"{where}:{number}"):
            if cue.form in cues:
                raise PackError(f"{cue.form!r} stands twice", where=f"{where}:{number}", fix="remove one")
            cues[cue.form] = cue
    check_entries(cues, where)
    return cues


def _cue_forms(cells: list[str], where: str) -> list[Cue]:
    if len(cells) != len(COLUMNS):
        raise PackError(f"{len(cells)} cells instead of {len(COLUMNS)}", where=where, fix="separate them by one tab")
    lemma, *forms, act, denies, needs = cells
    known = act in set(Act) and denies in ("yes", "no") and needs in NEEDS
    if not known or not re.fullmatch(r"[\w-]+( [\w-]+)*", lemma):
        raise PackError(f"a bad cell in {cells}", where=where, fix=f"act, yes or no, one of {', '.join(NEEDS)}")
    made = [
        Cue(
            form.replace("_", " ").replace("+", " "), lemma, voice, Act(act), denies == "yes", needs,
            width=form.partition("+")[0].count("_") + 1,
        )
        for voice, cell in zip(VOICES, forms, strict=True) if cell != "-"
        for form in cell.split(" ")
    ]
    if not made or any(not cue.form for cue in made):
        raise PackError("a row without forms", where=where, fix="write '-' for a voice that is not used")
    return made
