"""Where the reporting words of a sentence stand, with their negation."""

import pytest

from katanya.attribution.cues import CueFinder
from katanya.core.records import Document
from katanya.core.view import View
from katanya.lang.pack import load_pack
from katanya.pipeline.analyse import Analyser

PACK = load_pack("id")
ANALYSER = Analyser(PACK)
FINDER = CueFinder(PACK)

# A sentence and its cues in order: the words of the cue, its lemma, and "not" or "nya" where it has them.
CUES = {
    "a bare form": ("Air naik, kata Rini.", ["kata: kata"]),
    "an active form": ("Rini mengatakan air naik.", ["mengatakan: kata"]),
    "a passive form": ("Air dikatakan naik.", ["dikatakan: kata"]),
    "a preposition": ("Menurut Rini, air naik.", ["menurut: turut"]),
    "a form of two words": ("Rini menyambut baik rencana itu.", ["menyambut baik: sambut baik"]),
    "a form of three words": ("Rini mengucapkan terima kasih.", ["mengucapkan terima kasih: terima kasih"]),
    "the longest form counts": ("Rini meminta maaf.", ["meminta maaf: maaf"]),
    "the shorter form where the longer one is not": ("Rini meminta waktu.", ["meminta: minta"]),
    "a cue with its person": ("Air naik, ujarnya.", ["ujarnya: ujar nya"]),
    "a preposition with its person": ("Menurutnya, air naik.", ["menurutnya: turut nya"]),
    "a passive with its person": ("Air naik, dijelaskannya.", ["dijelaskannya: jelas nya"]),
    "a word of its own is no cue with a person": ("Kabarnya, air naik.", ["kabarnya: kabarnya"]),
    "negated": ("Rini tidak merinci jumlahnya.", ["tidak merinci: rinci not"]),
    "negated, with an auxiliary between": ("Rini belum bisa memastikan hal itu.", ["belum bisa memastikan: pasti not"]),
    "negated, with adverbs between": (
        "Rini tidak secara tegas membantah.", ["tidak secara tegas membantah: bantah not"],
    ),
    "a refusal": ("Rini enggan menyebut nama.", ["enggan menyebut: sebut not"]),
    "a refusal that is a cue itself": ("Rini menolak menyebut nama.", ["menolak menyebut: sebut not"]),
    "not only is no negation": ("Rini tidak hanya mengatakan itu.", ["mengatakan: kata"]),
    "a negation behind another verb is none": ("Rini tidak datang dan mengatakan itu.", ["mengatakan: kata"]),
    "two cues": ("Rini mengatakan Darto membantah.", ["mengatakan: kata", "membantah: bantah"]),
    "a negation does not reach over another cue": (
        "Rini tidak menyebut mengatakan itu.", ["tidak menyebut: sebut not", "mengatakan: kata"],
    ),
    "capitals do not matter": ("MENURUT Rini, air naik.", ["menurut: turut"]),
    "doubled": ("Darto disebut-sebut menang.", ["disebut-sebut: sebut"]),
    "none": ("Air naik sejak pagi.", []),
    "a cue inside a quotation is not seen from outside": (
        "“Rini mengatakan air naik malam itu juga,” kata Karta.", ["kata: kata"],
    ),
}


def view_of(text: str) -> View:
    """Return the first sentence of a text as attribution sees it."""
    analysis = ANALYSER.analyse(Document(text))
    return View(analysis, 0, {q.outer_first: n for n, q in enumerate(analysis.quotations) if q.speech})


@pytest.mark.parametrize(("text", "cues"), CUES.values(), ids=CUES.keys())
def test_cues_of_a_sentence(text: str, cues: list[str]) -> None:
    """Cues are found in order, the longest form first, with the negation that belongs to them."""
    view = view_of(text)
    found = [
        f"{' '.join(view.low[hit.first:hit.last])}: {hit.cue.lemma}{' nya' * hit.clitic}{' not' * hit.negated}"
        for hit in FINDER.find(view)
    ]
    assert found == cues


@pytest.mark.parametrize("form", sorted(PACK.cues))
def test_every_form_of_the_table_is_found(form: str) -> None:
    """Each form of the cue table is found where it stands alone in a sentence."""
    (hit,) = FINDER.find(view_of(f"Rini {form} air."))
    assert (hit.cue.form, hit.negated) == (form, False)


def test_the_head_is_the_reporting_word() -> None:
    """With a negation before it, a cue begins at the negation, and its head is the reporting word."""
    (hit,) = FINDER.find(view_of("Rini belum bisa memastikan hal itu."))
    assert (hit.first, hit.head, hit.last) == (1, 3, 4)
