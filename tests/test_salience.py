"""Who is meant: candidates weighed by features with names, fitted to what the gold says."""

from pathlib import Path

import pytest

from katanya.attribution.drafts import Draft
from katanya.attribution.salience import JOINT, Candidate, Salience
from katanya.attribution.scene import Voice
from katanya.attribution.speakers import SpeakerResolver
from katanya.core.records import Document, Kind, SpeakerKind
from katanya.lang.pack import load_pack
from katanya.learned.weights import Weights, load_weights, save_weights
from katanya.pipeline.analyse import Analyser
from katanya.training.salience import PART, Choice, fit, gather, same_name

np = pytest.importorskip("numpy")
PACK = load_pack("id")
TEXT = (
    "Ketua Koperasi Sukamaju, Wahyu Nugraha, mengatakan jalan rusak. Bupati Sleman Rini Astuti meninjau jalan itu. "
    "Ia meminta warga sabar."
)
DRAFT = Draft(Kind.INDIRECT, [(0, 1)], 0)


def weights(**named: float) -> Weights:
    """Return a model's weights by feature."""
    names = {name.replace("__", JOINT).replace("_", ":"): weight for name, weight in named.items()}
    return Weights({}, tuple(names), {PART: np.array(list(names.values()), dtype=np.float32)})


def candidate(name: str, *features: str) -> Candidate:
    """Return a person with features."""
    return Candidate(Voice(name, SpeakerKind.PERSON, 0), list(features))


def test_the_heaviest_candidate_is_chosen() -> None:
    """Features add up, those beside the form of the source with them; of equals the first is taken."""
    model = Salience(weights(turn_0=1.0, new=0.5, before__new=1.0))
    candidates = [candidate("A", "turn:0"), candidate("B", "new")]
    assert model.choose(DRAFT, "after", candidates) is candidates[0]
    assert model.choose(DRAFT, "before", candidates) is candidates[1]
    assert model.choose(DRAFT, "after", candidates[:1] * 2) is candidates[0]


def test_fit_learns_what_tells_the_right_one() -> None:
    """A feature that the right candidates have weighs more than one that the wrong ones have; the fit repeats."""
    choices = [Choice([["turn:0"], ["new"]], [1])] * 5
    found = fit(choices)
    learned = dict(zip(found.vocabulary, found.arrays[PART].tolist(), strict=True))
    assert learned["new"] > 0 > learned["turn:0"]
    assert (fit(choices).arrays[PART] == found.arrays[PART]).all()


def test_weights_are_read_as_written(tmp_path: Path) -> None:
    """A model chooses the same after it was saved and loaded."""
    found = fit([Choice([["turn:0"], ["new"]], [1])] * 5)
    save_weights(tmp_path, found.settings, found.vocabulary, {PART: found.arrays})
    candidates = [candidate("A", "turn:0"), candidate("B", "new")]
    assert Salience(load_weights(tmp_path)).choose(DRAFT, "before", candidates) is candidates[1]


NAMES = [
    ("Rini Astuti", "Rini", True),
    ("Rini", "Dr Rini Astuti", True),
    ("Rini Astuti", "Astu", False),
    (None, None, True),
    ("Rini", None, False),
]


@pytest.mark.parametrize(("one", "other", "same"), NAMES)
def test_names_that_agree(one: str | None, other: str | None, same: bool) -> None:
    """Two names agree where one holds the other as whole words, or both are missing."""
    assert same_name(one, other) is same


def _told(analysis_of: str) -> tuple[Draft, Draft]:
    tokens = Analyser(PACK).analyse(Document(analysis_of)).tokens
    at = tokens.lower.index
    first = Draft(Kind.INDIRECT, [(at("jalan"), at("rusak") + 1)], 0, (at("mengatakan"), at("mengatakan") + 1), (0, 7))
    last = Draft(
        Kind.INDIRECT, [(at("warga"), at("sabar") + 1)], 2, (at("meminta"), at("meminta") + 1), (at("ia"), at("ia") + 1)
    )
    return first, last


def test_open_sources_are_put_to_the_model() -> None:
    """A pronoun is the model's to settle, a name is not; because tells so."""
    first, last = _told(TEXT)
    model = Salience(weights(new_voice=0.0, opens_1=5.0))
    SpeakerResolver(PACK, model).resolve(Analyser(PACK).analyse(Document(TEXT)), [first, last])
    assert (first.speaker, last.speaker) == ("Wahyu Nugraha", "Rini Astuti")
    assert "speaker:salience:before" in last.because
    assert "speaker:salience:before" not in first.because


def test_choices_are_gathered_from_the_gold() -> None:
    """Each open source makes a choice among all who may be meant, the right ones marked."""
    first, last = _told(TEXT)
    told = [
        (first, {"speaker": "Wahyu Nugraha", "speaker_kind": "person"}),
        (last, {"speaker": "Rini Astuti", "speaker_kind": "person"}),
    ]
    (choice,) = gather(PACK, Analyser(PACK).analyse(Document(TEXT)), told)
    assert len(choice.right) == 1
    assert "opens:1" in choice.candidates[choice.right[0]]
    assert f"before{JOINT}opens:1" in choice.candidates[choice.right[0]]
