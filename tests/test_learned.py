"""The networks at run time: weights that are what they say, layers, and stretches read from scores."""

import hashlib
import itertools
import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from katanya.core.analysis import QUOTE
from katanya.core.errors import ModelError
from katanya.learned.decoding import Reading, agreement, best_paths, content_readings, source_readings
from katanya.learned.encoder import Encoder
from katanya.learned.features import SHAPES, normal_form, pieces, shape
from katanya.learned.labeller import DEFAULT, Labeller, Unit
from katanya.learned.layers import Runs
from katanya.learned.tags import NAMES, NameTagger, Part, parts_of
from katanya.learned.weights import load_weights, save_weights

WORDS = {
    "hasil": "small", "Hasil": "capital", "BPBD": "capitals", "A": "capital", "iPhone": "camel", "2,5": "number",
    "Covid-19": "coded", "—": "mark", QUOTE: "quotation",
}


def _scores(seed: int, items: int) -> np.ndarray:
    return np.random.default_rng(seed).normal(0, 2, (items, 10)).astype(np.float32)


def _small_model(folder: Path) -> Path:
    settings = {"encoder": [1], "language": "id"}
    save_weights(folder, settings, ("kata", "dia"), {"encoder": {"enc.rows.weight": np.eye(3)}})
    return folder


@pytest.mark.parametrize(("word", "name"), WORDS.items())
def test_shape(word: str, name: str) -> None:
    """A word's shape is told by its letters and digits."""
    assert SHAPES[shape(word)] == name


def test_forms() -> None:
    """Case and the value of digits make no new word."""
    assert normal_form("Rp2.750") == normal_form("RP1.999") == "rp0.000"


@given(st.text(), st.integers(1, 500))
def test_pieces_fall_into_buckets(word: str, buckets: int) -> None:
    """Whatever the word, its pieces are numbers below the count of buckets, and there is one at least."""
    found = pieces(normal_form(word), buckets)
    assert found
    assert all(0 <= piece < buckets for piece in found)


@given(st.lists(st.integers(1, 9), min_size=1, max_size=6), st.integers(1, 4))
def test_neighbours_stay_in_their_run(lengths: list[int], distance: int) -> None:
    """An item's neighbours stand in its own run, or past the end of all."""
    runs = Runs.of(lengths)
    owner = np.append(np.repeat(np.arange(len(lengths)), lengths), -1)
    for here, (left, itself, right) in enumerate(runs.around(np.array([distance]))[0].tolist()):
        assert itself == here
        for there, away in ((left, -distance), (right, distance)):
            assert there == len(runs.place) or (there == here + away and owner[there] == owner[here])


@given(st.integers(0, 10_000), st.integers(2, 9), st.data())
def test_contents_are_the_best_by_trial(seed: int, items: int, data: st.DataObject) -> None:
    """The likeliest content is the one that scoring all contents finds, with the share that it has among them."""
    cue = data.draw(st.integers(0, items - 1))
    own, bonus = _scores(seed, items), float(seed % 5 - 2)
    ways = {((a, b),): _one(own, a, b) for a, b in _free(items, cue)}
    ways |= {
        ((a, b), (c, d)): _one(own, a, b, end=5) + _one(own, c, d, begin=3, end=4) + bonus
        for (a, b), (c, d) in itertools.product(_free(items, cue), repeat=2) if c > b
    }
    best = max(ways, key=ways.__getitem__)
    probability, contents = _contents(own, bonus, cue)[0]
    whole = sum(np.exp(score - ways[best]) for score in ways.values())
    assert ways[contents] == pytest.approx(ways[best], abs=1e-3)
    assert probability == pytest.approx(1 / whole, rel=1e-2)


def _contents(own: np.ndarray, bonus: float, cue: int) -> list[Reading]:
    (found,) = content_readings(own, np.array([len(own)]), np.array([bonus], np.float32), np.array([cue]))
    return found


def _source(own: np.ndarray, none: float) -> tuple[float, tuple[int, int] | None]:
    (found,) = source_readings(own, np.array([len(own)]), np.array([none], np.float32))
    return found


@given(st.integers(0, 10_000), st.lists(st.integers(1, 70), min_size=1, max_size=9), st.data())
def test_cues_are_read_alike_together(seed: int, lengths: list[int], data: st.DataObject) -> None:
    """What is read of a cue does not hang on the cues that are read with it."""
    cues = [data.draw(st.integers(0, length - 1)) for length in lengths]
    own = [_scores(seed + number, length) for number, length in enumerate(lengths)]
    bonus = np.random.default_rng(seed).normal(0, 2, len(lengths)).astype(np.float32)
    together = content_readings(np.concatenate(own), np.array(lengths), bonus, np.array(cues))
    sources = source_readings(np.concatenate(own)[:, :3], np.array(lengths), bonus)
    for number, scores in enumerate(own):
        alone = _contents(scores, float(bonus[number]), cues[number])
        assert [parts for _, parts in together[number]][:3] == [parts for _, parts in alone][:3]
        assert [odds for odds, _ in together[number]] == pytest.approx([odds for odds, _ in alone], abs=1e-5)
        assert sources[number][1] == _source(scores[:, :3], float(bonus[number]))[1]


def _free(items: int, cue: int) -> list[tuple[int, int]]:
    spans = itertools.combinations(range(items + 1), 2)
    return [(a, b) for a, b in spans if not a <= cue < b]


def _one(own: np.ndarray, first: int, last: int, begin: int = 0, end: int = 1) -> float:
    return float(own[first, begin] + own[last - 1, end] + own[first:last, 2].sum())


@given(st.integers(0, 10_000), st.integers(1, 9))
def test_source_is_the_best_by_trial(seed: int, items: int) -> None:
    """The likeliest source is the best of all stretches, or nobody where that scores higher."""
    own = _scores(seed, items)
    ways: dict[tuple[int, int] | None, float] = {
        (a, b): _one(own, a, b) for a, b in itertools.combinations(range(items + 1), 2)
    }
    ways[None] = 3.0
    _, source = _source(own[:, :3], 3.0)
    assert ways[source] == pytest.approx(max(ways.values()), abs=1e-3)


@given(st.integers(0, 99), st.lists(st.integers(1, 5), min_size=1, max_size=4))
def test_paths_are_the_best_by_trial(seed: int, lengths: list[int]) -> None:
    """Each run gets the tags whose scores and moves add up best, whatever runs stand beside it."""
    rng = np.random.default_rng(seed)
    scores = rng.normal(0, 2, (sum(lengths), 3)).astype(np.float32)
    moves = rng.normal(0, 2, (3, 3)).astype(np.float32)
    found = best_paths(scores, moves, Runs.of(lengths))
    start = 0
    for length in lengths:
        own = scores[start:start + length]
        worth = {
            path: sum(own[range(length), path]) + sum(moves[pair] for pair in itertools.pairwise(path))
            for path in itertools.product(range(3), repeat=length)
        }
        assert worth[tuple(found[start:start + length])] == pytest.approx(max(worth.values()), abs=1e-4)
        start += length


ROWS = [
    (["", "B-person", "I-person", ""], [Part(1, 3, "person")]),
    (["B-person", "B-person"], [Part(0, 1, "person"), Part(1, 2, "person")]),
    (["B-person", "I-place"], [Part(0, 1, "person"), Part(1, 2, "place")]),
    (["I-place", "I-place", "", "I-place"], [Part(0, 2, "place"), Part(3, 4, "place")]),
    ([], []),
]


@pytest.mark.parametrize(("tags", "parts"), ROWS)
def test_parts_of_a_row(tags: list[str], parts: list[Part]) -> None:
    """A part begins with its first tag, or where an inner tag has nothing of its kind to go on with."""
    assert parts_of([NAMES.index(tag) for tag in tags], NAMES) == parts


def test_agreement_forgives_a_few_words() -> None:
    """Contents that share four words of five count as the same."""
    readings = [(0.5, ((0, 10),)), (0.25, ((0, 9),)), (0.125, ((0, 5),))]
    assert agreement(readings, ((0, 10),)) == 0.75


def test_weights_come_back(tmp_path: Path) -> None:
    """What is saved is loaded."""
    weights = load_weights(_small_model(tmp_path))
    assert weights.vocabulary == ("kata", "dia")
    assert weights.settings == {"encoder": [1], "language": "id"}
    assert np.array_equal(weights["enc.rows.weight"], np.eye(3))


def test_equal_weights_make_equal_files(tmp_path: Path) -> None:
    """A model saved twice is the same to the byte."""
    first, second = _small_model(tmp_path / "a"), _small_model(tmp_path / "b")
    assert all((second / path.name).read_bytes() == path.read_bytes() for path in first.iterdir())


def test_missing_array_is_named(tmp_path: Path) -> None:
    """Asking for an array that a model lacks says which."""
    with pytest.raises(ModelError, match=r"enc\.norm"):
        load_weights(_small_model(tmp_path))["enc.norm.weight"]


@pytest.mark.parametrize("name", ["encoder.npz", "vocabulary.txt"])
def test_changed_file_is_refused(tmp_path: Path, name: str) -> None:
    """A file that is not the one in the manifest is not opened."""
    path = _small_model(tmp_path) / name
    path.write_bytes(path.read_bytes() + b" ")
    with pytest.raises(ModelError, match=name):
        load_weights(tmp_path)


@pytest.mark.parametrize("name", ["encoder.npz", "vocabulary.txt", "manifest.json"])
def test_missing_file_is_named(tmp_path: Path, name: str) -> None:
    """A model without one of its files says which."""
    (_small_model(tmp_path) / name).unlink()
    with pytest.raises(ModelError, match=name):
        load_weights(tmp_path)


@pytest.mark.parametrize("change", [{"format": 99}, {"parts": []}, {"parts": {"../x.npz": ""}}, {"settings": None}])
def test_foreign_manifest_is_refused(tmp_path: Path, change: dict[str, object]) -> None:
    """A manifest of another form, or one that points outside its folder, is refused."""
    path = _small_model(tmp_path) / "manifest.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | change))
    with pytest.raises(ModelError, match="manifest"):
        load_weights(tmp_path)


def test_pickles_are_not_opened(tmp_path: Path) -> None:
    """An array file that would run code when opened is refused, even under its own digest."""
    _small_model(tmp_path)
    np.savez(tmp_path / "encoder.npz", bad=np.array([{}], dtype=object))
    path = tmp_path / "manifest.json"
    manifest = json.loads(path.read_text())
    manifest["parts"]["encoder.npz"] = hashlib.sha256((tmp_path / "encoder.npz").read_bytes()).hexdigest()
    path.write_text(json.dumps(manifest))
    with pytest.raises(ModelError, match=r"encoder\.npz"):
        load_weights(tmp_path)


FIXTURE = Path(__file__).parent / "fixtures" / "learned"
EXPECTED = json.loads((FIXTURE / "expected.json").read_text(encoding="utf-8"))
UNITS = [Unit(**unit) for unit in EXPECTED["units"]]


def test_same_as_trained() -> None:
    """Numpy tells of every cue what the network told in training."""
    labeller = Labeller.load(FIXTURE)
    for unit, found in zip(range(len(UNITS)), labeller.read(UNITS), strict=True):
        expected = [cue for cue in EXPECTED["cues"] if cue["unit"] == unit]
        assert [labelled.cue for labelled in found] == [cue["cue"] for cue in expected]
        for labelled, cue in zip(found, expected, strict=True):
            own = np.asarray(cue["spans"], np.float32)
            assert (labelled.here, labelled.elsewhere) == pytest.approx(tuple(cue["reports"][1:]), abs=1e-3)
            assert labelled.acts == pytest.approx(tuple(cue["acts"]), abs=1e-3)
            assert labelled.kinds == pytest.approx(tuple(cue["kinds"]), abs=1e-3)
            probability, contents = _contents(own, cue["two"], cue["cue"])[0]
            assert labelled.contents[0][1] == contents
            assert labelled.contents[0][0] == pytest.approx(probability, abs=1e-3)
            assert labelled.source == _source(own[:, (6, 7, 9)], cue["none"])[1]


def test_company_changes_nothing() -> None:
    """A unit is read alike alone and among others."""
    labeller = Labeller.load(FIXTURE)
    together = labeller.read(UNITS)
    for unit, among in zip(UNITS, together, strict=True):
        alone = labeller.read([unit])[0]
        assert [x.here for x in alone] == pytest.approx([x.here for x in among], abs=1e-5)
        assert [x.best for x in alone] == [x.best for x in among]


def test_units_without_cues_report_nothing() -> None:
    """A unit that has no cue, or a text that has no unit, gives nothing."""
    labeller = Labeller.load(FIXTURE)
    assert labeller.read([Unit(["Stok", "aman", "."], [])]) == [[]]
    assert labeller.read([]) == []


def test_many_words_are_kept_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    """A unit is read alike after thousands of other words, whether they are kept or forgotten."""
    labeller = Labeller.load(FIXTURE)
    before = labeller.read(UNITS)
    others = [Unit([f"desa{number}{letter}" for number in range(100, 200)], [1]) for letter in "abcdefghijklmno"]
    assert len(labeller.read(others)) == len(others)
    monkeypatch.setattr("katanya.learned.encoder.KNOWN", 10)
    labeller.read(others[:1])
    after = labeller.read(UNITS)
    assert [[x.here for x in unit] for unit in after] == [[x.here for x in unit] for unit in before]


NAMING = [
    Unit(words.split(" "), cues, inner)
    for words, cues, inner in (
        ("Kepala Dinas Pasar Qandra Vellori menutup jalan di Kota Lembayung sejak Senin .", [], False),
        ("“ Kami tunggu Pak Vellori di Balai Kota , ” kata Sindara , juru bicara warga", [10], True),
        (f"Ramai {'sekali ' * 250}Vellori", [], False),
    )
]


def test_names_are_weighed_alike_by_the_piece() -> None:
    """What a model takes an item for hangs neither on the items asked with it nor on whether its unit was encoded."""
    weights = load_weights(DEFAULT)
    encoder = Encoder(weights)
    tagger, labeller = NameTagger(weights, encoder), Labeller(weights, encoder)
    asked = [[3, 4, 9], [4, 12], [0, 251]]
    everything = tagger.lean([(unit, range(len(unit.words))) for unit in NAMING])
    assert [len(found) for found in everything] == [13, 16, 200]  # a unit that is too long is read to its 200th item
    expected = [[own[item] for item in items if item < 200] for own, items in zip(everything, asked, strict=True)]
    known = labeller.encoded(NAMING)
    for units in (NAMING, known, [NAMING[0], known[1], NAMING[2]], [known[0], NAMING[1], known[2]]):
        for own, items in zip(tagger.lean(list(zip(units, asked, strict=True))), expected, strict=True):
            assert own == pytest.approx(items, abs=1e-4)
    assert min(everything[0][3:5]) > 0 > max(everything[0][5:8])
    assert tagger.lean([(NAMING[2], [251])]) == [[]]
