"""The profile for PFSA-ID: items and their tags, features, decoding, the score, and the command."""

import importlib.util
import itertools
import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from katanya.cli.main import app
from katanya.core.analysis import QUOTE
from katanya.core.errors import InputError, MissingExtra, RecordError
from katanya.core.records import Document
from katanya.lang.pack import load_pack
from katanya.learned.store import HOME
from katanya.learned.tagger import Tagger
from katanya.learned.weights import MANIFEST, Weights, save_weights
from katanya.pfsa.corpus import read_corpus, write_corpus
from katanya.pfsa.items import decode, encode, items_of
from katanya.pfsa.profile import PROFILE, Profile, SceneReader
from katanya.pfsa.scoring import MICRO, score, table
from katanya.pipeline.analyse import Analyser

RUNNER = CliRunner()
ANALYSER = Analyser(load_pack("id"))
SCENES = SceneReader({"kata": ("3", "1")})
SHARED = Path(__file__).parents[2] / "shared" / "pfsa-id"
needs_shared = pytest.mark.skipif(not (SHARED / "score.py").exists(), reason="the corpus is not here")
needs_model = pytest.mark.skipif(not (HOME / PROFILE / MANIFEST).exists(), reason="the profile is not trained")
TEXT = (
    "ARUNAJAYA, WARTA — Pasokan telur di Arunajaya kembali lancar. Kepala Dinas Pangan Arunajaya Widya Sari "
    "mengatakan, harga akan turun. ”Stok kami cukup. Warga tidak perlu cemas,” kata Widya di Arunajaya, "
    "Senin (3/2/2025). ”Kami pantau terus,” ujarnya saat dihubungi."
)
GOLD = [
    ("Pasokan telur di Arunajaya kembali lancar", "ISSUE"), ("Kepala", "ROLE"),
    ("Dinas Pangan Arunajaya", "AFFILIATION"),
    ("Widya Sari", "PERSON"), ("”Stok kami cukup. Warga tidak perlu cemas,”", "STATEMENT"), ("kata", "CUE"),
    ("Senin (3/2/2025)", "DATETIME"), ("”Kami pantau terus,”", "STATEMENT"), ("ujarnya", "CUECOREF"),
]
TAGS = ("O", "B-CUE", "I-CUE")


def spans(pairs=GOLD, text=TEXT):
    """Return the record of spans, each where its words first stand."""
    found = ((text.index(words), words, label) for words, label in pairs)
    return [{"start": start, "end": start + len(words), "label": label} for start, words, label in found]


def articles(**fields):
    """Return a corpus of one article."""
    return [{"id": "a1", "text": TEXT, "spans": spans()} | fields]


def test_a_quotation_is_one_item():
    """Every spoken quotation, with its marks, is one item; every other token is another."""
    items = items_of(ANALYSER.analyse(Document(TEXT)))
    quoted = [TEXT[a:b] for a, b, word in zip(items.starts, items.ends, items.words, strict=True) if word == QUOTE]
    assert quoted == [words for words, label in GOLD if label == "STATEMENT"]


def test_items_cover_the_text():
    """The items hold everything but white space, in order."""
    items = items_of(ANALYSER.analyse(Document(TEXT)))
    held = "".join(TEXT[a:b] for a, b in zip(items.starts, items.ends, strict=True))
    assert "".join(held.split()) == "".join(TEXT.split())


def test_tags_keep_spans():
    """Spans written as tags are read back as they were."""
    items = items_of(ANALYSER.analyse(Document(TEXT)))
    gold = {(span["start"], span["end"], span["label"]) for span in spans()}
    assert {tuple(span) for span in decode(items, encode(items, gold))} == gold


@given(st.lists(st.sampled_from(("O", "B-CUE", "I-CUE", "B-ROLE", "I-ROLE")), min_size=34, max_size=34))
def test_any_tags_give_spans_in_order(tags):
    """Whatever the tags, spans do not overlap, and begin and end with items."""
    items = items_of(ANALYSER.analyse(Document(TEXT)))
    found = decode(items, (tags * len(items))[:len(items)])
    assert all(one.end <= other.start for one, other in itertools.pairwise(found))
    assert all(span.start in items.starts and span.end in items.ends for span in found)


FEATURES = {  # item → features that it must have
    "kata": {"w0:kata", "c0:cue.bare", "r0:dcue.B", "g0:3"},
    "Widya": {"h0:Aa", "d:first", "p:d2m0"},
    "Dinas": {"p:next:d2m0", "s:U:later" + "True"},
    "ujarnya": {"c0:cue.clitic", "y3:nya"},
}


@pytest.mark.parametrize(("word", "wanted"), FEATURES.items())
def test_features(word, wanted):
    """An item shows its words, the rules' reading and what the article says of its person."""
    scene = SCENES.read(TEXT)
    at = scene.chosen.index(scene.items.words.index(word))
    assert wanted <= set(scene.rows[at])


def test_the_second_look_tells_every_quotation_of_the_others():
    """Where the first look missed one of somebody's quotations, the second sees that it has found another."""
    scene = SCENES.read(TEXT)
    first, second = (index for index, word in enumerate(scene.items.words) if word == QUOTE)
    tags = ["B-STATEMENT" if index == first else "O" for index in scene.chosen]
    rows = scene.second(tags)
    assert {"tw:most-:O", "t0:O"} <= set(rows[scene.chosen.index(second)])
    assert "tn:most-" in rows[scene.chosen.index(scene.items.words.index("Dinas"))]


@pytest.mark.parametrize("text", ["", " ", "”", "Hujan turun.", "”” ”", "\x00 ”a” \u2028", "kata " * 50])
def test_any_text_is_read(text):
    """Texts without anything to find, and broken ones, are read."""
    scene = SCENES.read(text)
    assert len(scene.rows) == len(scene.chosen) <= len(scene.items)


def model(state, moves, features=("kata", "nya")):
    """Return a tagger over three tags."""
    arrays = {"a.state": np.asarray(state, np.float32), "a.moves": np.asarray(moves, np.float32)}
    return Tagger(Weights({"tags": list(TAGS)}, features, arrays), "a")


def test_decoding_weighs_features_and_moves():
    """The path that scores best as a whole wins, not the best tag of each item."""
    tagger = model([[0, 2, 0], [0.5, 0, 0.4]], [[0, 0, -9], [0, 0, 1], [0, 0, 0]])
    assert tagger.tag([["kata"], ["nya", "unknown"], []]) == ["B-CUE", "I-CUE", "O"]
    assert tagger.tag([]) == []


@given(st.integers(0, 2**32 - 1), st.integers(1, 5))
def test_decoding_finds_the_best_path(seed, items):
    """No path of tags scores higher than the one that is returned."""
    rng = np.random.default_rng(seed)
    state, moves = rng.normal(size=(items, 3)), rng.normal(size=(3, 3))
    found = model(state, moves, tuple(map(str, range(items)))).tag([[str(item)] for item in range(items)])

    def total(path):
        own = sum(state[at, tag] for at, tag in enumerate(path))
        return own + sum(moves[one, other] for one, other in itertools.pairwise(path))

    best = max(itertools.product(range(3), repeat=items), key=total)
    assert total([TAGS.index(tag) for tag in found]) == pytest.approx(total(best), abs=1e-4)


def test_score_forgives_outer_white_space_alone():
    """A span counts when it is exact but for white space around it."""
    wide = [span | {"start": span["start"] - (span["label"] == "CUE")} for span in spans()]
    short = [span | {"end": span["end"] - (span["label"] == "ISSUE")} for span in wide]
    figures = score(articles(), {"a1": {"spans": short}})
    assert (figures["CUE"].f1, figures["ISSUE"].f1) == (1, 0)
    assert (figures[MICRO].hit, figures[MICRO].extra, figures[MICRO].missed) == (8, 1, 1)


@needs_shared
def test_score_agrees_with_the_corpus(tmp_path, capsys):
    """The table is that of the corpus's own scorer, to the letter."""
    spec = importlib.util.spec_from_file_location("reference", SHARED / "score.py")
    reference = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(reference)
    gold = read_corpus(SHARED / "train.jsonl")[:40]
    numbered = [list(enumerate(article["spans"])) for article in gold]
    worse = [[span | {"end": span["end"] - (n % 5 == 0)} for n, span in own if n % 7] for own in numbered]
    predicted = [article | {"spans": own} for article, own in zip(gold, worse, strict=True)]
    files = [tmp_path / "gold.jsonl", tmp_path / "predicted.jsonl"]
    for path, records in zip(files, (gold, predicted), strict=True):
        write_corpus(path, records)
    reference.sys.argv = ["score.py", *map(str, files)]
    reference.main()
    figures = score(gold, {article["id"]: article for article in predicted})
    assert "\n".join(table(figures)) + "\n" == capsys.readouterr().out


BROKEN = {
    "no JSON": ('{"id": "a1"', "a.jsonl:1"), "no text": ('{"id": "a1", "spans": []}', "text"),
    "a span without label": ('{"id": "a", "text": "b", "spans": [{"start": 0, "end": 1}]}', "label"),
}


@pytest.mark.parametrize(("line", "told"), BROKEN.values(), ids=BROKEN.keys())
def test_a_broken_line_is_named(tmp_path, line, told):
    """What is wrong with a line of the corpus is told with its number."""
    path = tmp_path / "a.jsonl"
    path.write_text(line + "\n", encoding="utf-8")
    with pytest.raises(RecordError, match=told):
        read_corpus(path)


def test_an_empty_corpus_is_refused(tmp_path):
    """A file that holds no article is no corpus."""
    path = tmp_path / "a.jsonl"
    path.write_text("\n", encoding="utf-8")
    with pytest.raises(InputError, match="no article"):
        read_corpus(path)


def small_profile(folder):
    """Write a profile whose first look calls every `kata` a cue, and whose second takes that over."""
    arrays = {"first.state": [[0, 1, 0], [0, 0, 0]], "second.state": [[0, 0, 0], [0, 1, 0]]}
    arrays |= {"first.moves": np.zeros((3, 3)), "second.moves": np.zeros((3, 3))}
    features = ("w0:kata", "t0:B-CUE")
    save_weights(folder, {"language": "id", "tags": TAGS}, (*features, "kata\t3\t1"), {"tagger": arrays})
    return folder


def test_the_profile_reads_only_id_and_text(tmp_path):
    """Predictions come from the text alone, and point into it."""
    profile = Profile.load(small_profile(tmp_path / "model"))
    at = TEXT.index("kata Widya")
    (record,) = profile.predict([{"id": "a1", "text": TEXT}])
    assert record == {"id": "a1", "spans": [{"start": at, "end": at + 4, "label": "CUE", "text": "kata"}]}


def test_benchmark_prints_the_table(tmp_path):
    """The command prints the score of the profile's spans and writes them where asked."""
    gold, out = tmp_path / "gold.jsonl", tmp_path / "out.jsonl"
    write_corpus(gold, articles())
    folder = small_profile(tmp_path / "model")
    command = ["benchmark", "pfsa-id", str(gold), "--predictions", str(out), "--model", str(folder)]
    result = RUNNER.invoke(app, command)
    assert result.exit_code == 0
    assert result.stdout.splitlines()[-1].split() == ["micro", "1.0000", "0.1111", "0.2000", "9"]
    assert [span["label"] for span in json.loads(out.read_text())["spans"]] == ["CUE"]


@needs_model
def test_the_shipped_profile_finds_the_spans():
    """The profile in the package reads a plain report as the corpus would label it."""
    found = {(span.start, span.end, span.label) for span in Profile.load().read(TEXT)}
    gold = {(span["start"], span["end"], span["label"]) for span in spans()}
    assert len(found & gold) >= 7


def test_training_needs_its_extra(tmp_path):
    """Without the trainer the error says what to install."""
    if importlib.util.find_spec("pycrfsuite"):
        pytest.skip("the trainer is installed")
    pytest.importorskip("scipy")
    from katanya.training.pfsa import fit

    with pytest.raises(MissingExtra, match="katanya\\[train\\]"):
        fit([[["w0:kata"]]], [["O"]])


def test_words_with_like_neighbours_fall_together():
    """Clusters are told by the words on both sides."""
    pytest.importorskip("scipy")
    from katanya.training import clusters

    texts = [f"pagi ini {who} {does} {what} di rumah ." for who in ("ibu", "bapak") for does in ("beli", "jual")
             for what in ("telur", "beras")] * 20
    found = clusters.cluster(texts)
    assert found == clusters.cluster(texts)
    assert set(found) >= {"ibu", "bapak", "telur", "."}
