"""What the networks learn from: examples of articles, and their arrays."""

import gzip
import importlib.util
import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from katanya.core.analysis import QUOTE
from katanya.core.errors import InputError, MissingExtra
from katanya.lang.pack import load_pack
from katanya.learned.tags import NAMES, OFFICES, parts_of
from katanya.training.examples import ELSEWHERE, HERE, NOTHING, Cue, Example, ExampleReader
from katanya.training.table import CONTENTS, REPORTS, SOURCE, Lexicon, Table, batches, vocabulary_of
from katanya.training.tags import read_names
from katanya.training.train import KEPT_BACK, RAW, raw_examples

READER = ExampleReader(load_pack("id"))
TEXT = 'Widya Sari mengatakan bahwa stok telur aman. "Harga akan turun pekan depan," kata Darto, pedagang di Arunajaya.'


def _span(text: str, within: str = TEXT) -> dict[str, object]:
    start = within.index(text)
    return {"start": start, "end": start + len(text), "text": text}


def _statement(cue: str, source: str | None, *contents: str) -> dict[str, object]:
    return {
        "cue": _span(cue), "source": _span(source) if source else None, "contents": [_span(c) for c in contents],
        "act": "assertive", "speaker_kind": "person",
    }


def test_cue_learns_its_content() -> None:
    """A cue of the gold carries its content and source in items of its sentence."""
    gold = [_statement("mengatakan", "Widya Sari", "stok telur aman")]
    first = next(iter(READER.read(TEXT, gold)))
    (cue,) = first.cues
    assert (cue.reports, cue.contents, cue.source) == (HERE, [(4, 7)], (0, 2))
    assert (cue.act, cue.kind) == (0, 0)


def test_quotation_is_one_item() -> None:
    """The content of direct speech is the one item that stands for its quotation."""
    gold = [_statement("kata", "Darto, pedagang di Arunajaya", "Harga akan turun pekan depan")]
    unit = next(example for example in READER.read(TEXT, gold) if QUOTE in example.words)
    cue = next(cue for cue in unit.cues if cue.reports)
    assert [unit.words[item] for content in cue.contents for item in range(*content)] == [QUOTE]


def test_cues_left_out_report_nothing() -> None:
    """A cue that the gold passes over is an example of a cue that reports nothing."""
    assert {cue.reports for example in READER.read(TEXT, []) for cue in example.cues} == {NOTHING}


def test_unknown_cue_is_added() -> None:
    """A cue of the gold that the language's table lacks becomes an example all the same."""
    text = "Bagi warga Arunajaya, stok telur aman."
    gold = [{"cue": _span("aman", text), "source": None, "contents": [_span("stok telur", text)], "act": "assertive",
             "speaker_kind": "none"}]
    found = [cue for example in READER.read(text, gold) for cue in example.cues if cue.reports == HERE]
    assert [(cue.first, cue.last) for cue in found] == [(6, 7)]


def test_content_of_another_sentence() -> None:
    """A cue whose content stands in another sentence reports something elsewhere."""
    text = "Stok telur aman. Hal itu disampaikan Widya Sari."
    gold = [{"cue": _span("disampaikan", text), "source": _span("Widya Sari", text),
             "contents": [_span("Stok telur aman", text)], "act": "assertive", "speaker_kind": "person"}]
    assert [cue.reports for example in READER.read(text, gold) for cue in example.cues] == [ELSEWHERE]


def test_rules_teach_where_there_is_no_gold() -> None:
    """Without gold the statements of the rules are the lesson."""
    first = next(iter(READER.read(TEXT)))
    assert [cue.contents for cue in first.cues] == [[(4, 7)]]


def test_table_keeps_every_cue() -> None:
    """A cue's row holds its contents and source, and -1 where there is none."""
    example = Example(["Dia", "menyebut", "stok", "aman"], True, [Cue(1, 1, 2, HERE, [(2, 4)], (0, 1)), Cue(3, 3, 4)])
    table = Table([example])
    assert table.cues[:, REPORTS].tolist() == [HERE, NOTHING]
    assert table.cues[:, CONTENTS].tolist() == [[2, 4, -1, -1], [-1] * 4]
    assert table.cues[:, SOURCE].tolist() == [[0, 1], [-1, -1]]
    assert table.with_cues(3).tolist() == []
    assert table.with_cues(4).tolist() == [0]


def test_vocabulary_is_in_a_fixed_order() -> None:
    """Forms are ranked by count, then by letter, with case and digits levelled."""
    table = Table([Example(["Stok", "stok", "2024", "aman", "2023"], False, [])])
    vocabulary = vocabulary_of(table.counts())
    assert vocabulary == ("0000", "stok", "aman")
    assert Lexicon(["Aman", "harga"], vocabulary).rows.tolist() == [3, 0]


@given(st.lists(st.integers(1, 40), min_size=1, max_size=60), st.integers(1, 200), st.integers(0, 9))
def test_batches_hold_every_unit_once(lengths: list[int], size: int, seed: int) -> None:
    """No unit is left out or read twice, and only a unit that is too long alone overfills a batch."""
    sizes = np.asarray(lengths)
    found = batches(sizes, np.arange(len(sizes)), size, np.random.default_rng(seed))
    assert sorted(np.concatenate(found).tolist()) == list(range(len(sizes)))
    assert all(len(units) == 1 or len(units) * sizes[units].max() <= size for units in found)


@pytest.mark.parametrize(("kept_back", "articles"), [(None, 2), (TEXT, 1)])
def test_raw_text_leaves_out_what_is_kept_back(tmp_path: Path, kept_back: str | None, articles: int) -> None:
    """The articles of ``gold/dev.jsonl`` teach nothing; where there is no such file, all raw articles teach."""
    texts = [TEXT, "Harga cabai naik, kata Darto Wibowo, pedagang di Arunajaya."]
    (tmp_path / "data").mkdir()
    with gzip.open(tmp_path / RAW, "wt", encoding="utf-8") as lines:
        lines.writelines(json.dumps({"text": text}) + "\n" for text in texts)
    if kept_back:
        (tmp_path / "gold").mkdir()
        (tmp_path / KEPT_BACK).write_text(json.dumps({"text": kept_back}), encoding="utf-8")
    examples = [example.words for example in raw_examples(tmp_path, READER)]
    assert examples == [example.words for text in texts[-articles:] for example in READER.read(text)]


COLUMNS = """Camat NOUN O
Rini PROPN B-PER
Wulandari PROPN I-PER
dari ADP O
PT PROPN B-ORG
Lentera-Sewu PROPN I-ORG

Banjir\tO
Arunajaya\tB-PLACE
"""


def test_names_in_columns(tmp_path: Path) -> None:
    """Names that others annotated are read in the words of the pipeline, with their kinds in our terms."""
    (tmp_path / "names.txt").write_text(COLUMNS, encoding="utf-8")
    found = [
        [(" ".join(words[part.first:part.last]), part.kind) for part in parts_of(tags, NAMES)]
        for words, tags in read_names(tmp_path / "names.txt")
    ]
    assert found == [
        [("Rini Wulandari", "person"), ("PT Lentera-Sewu", "organisation")], [("Arunajaya", "place")],
    ]


def test_people_of_the_gold_are_tagged() -> None:
    """The people of the gold are tagged wherever they stand, with the office nearest to them; the rest is not told."""
    text = "Camat Arunajaya Rini Wulandari hadir. Rini menolak usul Qandra."
    people = [{"name": "Rini Wulandari", "role": "Camat", "affiliation": "Arunajaya"}]
    first, second = READER.read(text, [], people)
    named = [NAMES[tag] if tag >= 0 else "?" for tag in first.names]
    assert named == ["?", "?", "B-person", "I-person", "", ""]
    assert [OFFICES[tag] for tag in first.offices] == ["B-role", "B-affiliation", "", "", "", ""]
    assert [NAMES[tag] if tag >= 0 else "?" for tag in second.names][:2] == ["B-person", ""]


@pytest.mark.skipif(importlib.util.find_spec("torch") is None, reason="torch is not installed")
def test_what_is_not_told_costs_nothing() -> None:
    """A row of which no tag is told has no loss; one that is told wholly costs what its path is worth."""
    import torch

    from katanya.training.network import chain_loss

    scores, moves = torch.zeros(1, 3, 2), torch.zeros(2, 2)
    held = torch.ones(1, 3, dtype=torch.bool)
    losses = [chain_loss(scores, moves, torch.tensor([row]), held).item() for row in ([-1] * 3, [0, -1, 1], [0, 1, 1])]
    assert losses == pytest.approx([0, 2 * np.log(2), 3 * np.log(2)], abs=1e-5)


@pytest.mark.skipif(importlib.util.find_spec("torch") is not None, reason="torch is installed")
def test_training_without_torch_says_what_to_install(tmp_path: Path) -> None:
    """Training without torch names the package to install."""
    from katanya.training.train import train

    with pytest.raises(MissingExtra, match="pip install torch"):
        train(tmp_path, tmp_path / "out")


@pytest.mark.skipif(importlib.util.find_spec("torch") is None, reason="torch is not installed")
def test_training_without_data_names_the_file(tmp_path: Path) -> None:
    """Training on a folder without data names the file that is missing."""
    from katanya.training.train import train

    with pytest.raises(InputError, match=r"news\.jsonl\.gz"):
        train(tmp_path, tmp_path / "out")


@pytest.mark.skipif(importlib.util.find_spec("torch") is None, reason="torch is not installed")
def test_lessons_repeat_to_the_byte(tmp_path: Path) -> None:
    """The same examples and the same seed make the same files."""
    from katanya.training import fit
    from katanya.training.export import export

    gold = [_statement("mengatakan", "Widya Sari", "stok telur aman")]
    raw, taught = Table(READER.read(TEXT)), Table(READER.read(TEXT, gold))
    vocabulary = vocabulary_of(raw.counts())

    def lessons(out: Path) -> dict[str, bytes]:
        lexicon = Lexicon(raw.words, vocabulary)
        model = fit.copy_rules(fit.guess_words(raw, lexicon, 2, 0, str), raw, lexicon, 2, 1, str)
        units = np.arange(len(taught.lengths))
        model = fit.learn_gold(model, taught, Lexicon(taught.words, vocabulary), units, 1, 0, str)
        export(model, vocabulary, "id", out)
        return {path.name: path.read_bytes() for path in out.iterdir()}

    assert lessons(tmp_path / "a") == lessons(tmp_path / "b")
