"""What a language supplies, and what its schema check refuses."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from katanya.core.errors import PackError
from katanya.core.records import Act
from katanya.lang.pack import COLUMNS, HOME, REQUIRED, VOICES, Pack, check_entries, load_pack, without_suffix

HEAD = "\t".join(COLUMNS)
SAYS = "say\tsays\tsaid told\t-\t-\t-\t-\tassertive\tno\tany"


def write_language(home: Path, code: str = "zz") -> Path:
    """Write the smallest language that there can be: every required list with one entry, one cue."""
    folder = home / code
    folder.mkdir()
    for file, names in REQUIRED.items():
        text = "".join(f'{name} = ["{name.replace("_", "-")}-{number}"]\n' for number, name in enumerate(names))
        (folder / f"{file}.toml").write_text(text, encoding="utf-8")
    (folder / "cues.tsv").write_text(f"{HEAD}\n{SAYS}\n", encoding="utf-8")
    return folder


def broken(home: Path, file: str, text: str) -> str:
    """Load a language in which one file says something else; return the message that it is refused with."""
    folder = write_language(home)
    (folder / file).write_text(text, encoding="utf-8")
    with pytest.raises(PackError) as refusal:
        load_pack("zz", home)
    return str(refusal.value)


# The entries of a list and the message that refuses them.
ENTRIES = {
    "empty": (["kapal", ""], "an empty entry (remove it)"),
    "only white space": (["kapal", "  "], "an empty entry (remove it)"),
    "untrimmed": (["kapal "], "white space around 'kapal ' (trim it)"),
    "twice": (["kapal", "jalan", "kapal"], "'kapal' stands twice (remove one)"),
    "fused": (
        ["kapal", "jalan", "kapaljalan"],
        "'kapaljalan' looks like 'kapal' and 'jalan' run together "
        "(put a comma between them, or name it under 'compounds')",
    ),
}
# The text of a file of word lists and the message that refuses it.
LISTS = {
    "no TOML": ('titles = ["a"', "zz/titles.toml: not TOML:"),
    "not UTF-8": (None, "zz/titles.toml: not TOML:"),
    "an empty list": ("before = []", "zz/titles.toml: 'before' is not a filled list of strings"),
    "no list": ('before = "pak"', "zz/titles.toml: 'before' is not a filled list of strings"),
    "a number in a list": ('before = ["pak", 3]', "zz/titles.toml: 'before' is not a filled list of strings"),
    "an empty entry": ('before = ["pak", ""]', "zz/titles.toml: before: an empty entry"),
    "a duplicate": ('before = ["pak", "pak"]', "zz/titles.toml: before: 'pak' stands twice"),
    "a missing comma": ('before = ["pak", "ibu", "pakibu"]', "zz/titles.toml: before: 'pakibu' looks like"),
    "a list left out": ('before = ["pak"]', f"zz/titles.toml: the list '{REQUIRED['titles'][1]}' is missing"),
}
# The rows of a cue table under its header, and the message that refuses them.
CUES = {
    "an act that is none": ("say\tsays\t-\t-\t-\t-\t-\tshouting\tno\tany", "zz/cues.tsv:2: a bad cell in"),
    "denies neither yes nor no": ("say\tsays\t-\t-\t-\t-\t-\tassertive\tmaybe\tany", "zz/cues.tsv:2: a bad cell in"),
    "needs what nobody knows": ("say\tsays\t-\t-\t-\t-\t-\tassertive\tno\tluck", "zz/cues.tsv:2: a bad cell in"),
    "no lemma": ("\tsays\t-\t-\t-\t-\t-\tassertive\tno\tany", "zz/cues.tsv:2: a bad cell in"),
    "a cell too few": ("say\tsays\t-\t-\t-\t-\tassertive\tno\tany", "zz/cues.tsv:2: 9 cells instead of 10"),
    "blanks for tabs": (SAYS.replace("\t", " "), "zz/cues.tsv:2: 1 cells instead of 10"),
    "no form": ("say\t-\t-\t-\t-\t-\t-\tassertive\tno\tany", "zz/cues.tsv:2: a row without forms"),
    "two blanks between forms": (
        "say\tsays  tells\t-\t-\t-\t-\t-\tassertive\tno\tany", "zz/cues.tsv:2: a row without forms",
    ),
    "a form twice in a row": (
        "say\tsays says\t-\t-\t-\t-\t-\tassertive\tno\tany", "zz/cues.tsv:2: 'says' stands twice",
    ),
    "a form twice in the table": (
        f"{SAYS}\ntell\tsaid\t-\t-\t-\t-\t-\tassertive\tno\tany", "zz/cues.tsv:3: 'said' stands twice",
    ),
    "two forms fused": (
        f"{SAYS}\ntell\tsaidtold\t-\t-\t-\t-\t-\tassertive\tno\tany", "zz/cues.tsv: 'saidtold' looks like",
    ),
}


@pytest.mark.parametrize(("entries", "message"), ENTRIES.values(), ids=ENTRIES.keys())
def test_entries_are_checked(entries: list[str], message: str) -> None:
    """Empty, untrimmed, duplicate and fused entries are refused by name, with the place and a fix."""
    with pytest.raises(PackError, match=re.escape(f"here: {message}")):
        check_entries(entries, "here")


def test_a_compound_that_is_named_passes() -> None:
    """A real word that looks like two others passes where it is named."""
    check_entries(["kapal", "jalan", "kapaljalan"], "here", compounds=["kapaljalan"])


@pytest.mark.parametrize(("text", "message"), LISTS.values(), ids=LISTS.keys())
def test_lists_are_checked(text: str | None, message: str, tmp_path: Path) -> None:
    """A file of word lists that breaks the schema is refused with file, list and fault."""
    folder = write_language(tmp_path)
    (folder / "titles.toml").write_bytes(b'before = ["\xff"]' if text is None else text.encode())
    with pytest.raises(PackError) as refusal:
        load_pack("zz", tmp_path)
    assert str(refusal.value).startswith(message)


@pytest.mark.parametrize(("rows", "message"), CUES.values(), ids=CUES.keys())
def test_cues_are_checked(rows: str, message: str, tmp_path: Path) -> None:
    """A row of the cue table that breaks the schema is refused with its line and its fault."""
    assert broken(tmp_path, "cues.tsv", f"{HEAD}\n{rows}\n").startswith(message)


@pytest.mark.parametrize("text", ["", SAYS, HEAD.replace("lemma", "word"), HEAD.replace("\t", " ")])
def test_the_columns_are_named(text: str, tmp_path: Path) -> None:
    """A cue table whose first line does not name the columns is refused with the columns it needs."""
    message = broken(tmp_path, "cues.tsv", text)
    assert message == f"zz/cues.tsv: the first line must name the columns ({HEAD})"


@pytest.mark.parametrize("name", [f"{file}.{name}" for file, names in REQUIRED.items() for name in names])
def test_a_missing_list_is_named(name: str, tmp_path: Path) -> None:
    """A language without a list that every language needs is refused with the file and the list."""
    folder = write_language(tmp_path)
    file, _, missing = name.partition(".")
    path = folder / f"{file}.toml"
    path.write_text("\n".join(line for line in path.read_text().splitlines() if not line.startswith(f"{missing} =")))
    message = f"zz/{file}.toml: the list '{missing}' is missing (every pack needs it)"
    with pytest.raises(PackError, match=re.escape(message)):
        load_pack("zz", tmp_path)


def test_a_folder_is_a_language(tmp_path: Path) -> None:
    """Adding a language is adding a folder: it loads by its code, with its cues and lists, and no code of its own."""
    write_language(tmp_path)
    pack = load_pack("zz", tmp_path)
    assert pack.code == "zz"
    assert {form: cue.voice for form, cue in pack.cues.items()} == {"says": "bare", "said": "active", "told": "active"}
    assert pack.cues["says"].act is Act.ASSERTIVE
    assert pack.words("titles.before") == {"before-0"}


def test_a_language_beside_the_others_leaves_them_alone(tmp_path: Path) -> None:
    """Two languages in one home are loaded apart."""
    write_language(tmp_path, "yy")
    row = "ask\tasks\t-\t-\t-\t-\t-\tquestion\tno\tany"
    write_language(tmp_path, "zz").joinpath("cues.tsv").write_text(f"{HEAD}\n{row}\n")
    assert set(load_pack("yy", tmp_path).cues) == {"says", "said", "told"}
    assert set(load_pack("zz", tmp_path).cues) == {"asks"}


def test_a_form_of_several_words(tmp_path: Path) -> None:
    """An underscore in a form stands for the blank between its words."""
    row = "accord\t-\t-\t-\taccording_to\t-\t-\tassertive\tno\tany"
    write_language(tmp_path).joinpath("cues.tsv").write_text(f"{HEAD}\n{row}\n")
    assert set(load_pack("zz", tmp_path).cues) == {"according to"}


def test_an_unknown_language(tmp_path: Path) -> None:
    """A code without a folder is refused with the codes that there are."""
    write_language(tmp_path, "yy")
    with pytest.raises(PackError, match=r"no language pack 'zz' \(known: yy\)"):
        load_pack("zz", tmp_path)


def test_an_unknown_list() -> None:
    """A list that the pack has not is refused with the file that it belongs in."""
    message = "language 'id': no word list 'titles.nowhere' (add it to lang/id/titles.toml)"
    with pytest.raises(PackError, match=re.escape(message)):
        load_pack("id").words("titles.nowhere")


@pytest.mark.parametrize("reader", [Pack.words, Pack.entries], ids=["as a set", "in order"])
def test_lists_are_read_whole(reader: Callable[[Pack, str], object]) -> None:
    """A list is there as a set and in the order of its file."""
    pack = load_pack("id")
    assert set(reader(pack, "pronouns.singular")) == set(pack.lists["pronouns.singular"])  # type: ignore[call-overload]


@pytest.mark.parametrize("code", sorted(path.parent.name for path in HOME.glob("*/cues.tsv")))
def test_every_language_here_loads(code: str) -> None:
    """Every language in the package passes the schema and has cues of every voice."""
    assert {cue.voice for cue in load_pack(code).cues.values()} == set(VOICES)


@pytest.mark.parametrize("code", sorted(path.parent.name for path in HOME.glob("*/cues.tsv")))
def test_entries_are_in_lower_case(code: str) -> None:
    """Words are matched in lower case, so that no entry may hold a capital."""
    pack = load_pack(code)
    lists = [*pack.lists.values(), tuple(pack.cues)]
    assert [entry for entries in lists for entry in entries if entry != entry.lower()] == []


# A word, suffixes, and what is left of it.
SUFFIXES = [
    ("kapalnya", ("nya",), "kapal"),
    ("kapalku", ("nya", "ku"), "kapal"),
    ("kapal", ("nya", "ku"), "kapal"),
    ("kapalkunya", ("ku", "nya"), "kapalku"),
    ("kapal", (), "kapal"),
]


@pytest.mark.parametrize(("word", "suffixes", "stem"), SUFFIXES)
def test_a_suffix_is_taken_off(word: str, suffixes: tuple[str, ...], stem: str) -> None:
    """A language may have any number of suffixes; one at most is taken off a word."""
    assert without_suffix(word, suffixes) == stem


def test_names_of_people_are_no_addresses() -> None:
    """No name in the list is a place run into the next word, none is a word of banners or a rank."""
    lists = load_pack("id").lists
    places = {*lists["names.places"], *lists["names.common"], *lists["roles.organisations"], "jalan"}
    people = lists["names.people"]
    assert [name for name in people if "-" in name and not places.isdisjoint(name.split("-"))] == []
    assert set(people).isdisjoint({*lists["boilerplate.banners"], *lists["titles.before"]})
