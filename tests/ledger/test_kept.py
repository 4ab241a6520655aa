from articles import many

from katanya import Ledger
from katanya.ledger.kept import MOST, Kept


def test_an_answer_is_kept_until_somebody_writes(tmp_path):
    """An answer is worked out once for each state of the ledger, whoever writes it."""
    path, worked = tmp_path / "a.ledger", []
    with Ledger.open(path, write=True) as ledger:
        ledger.file(many(2))
        kept = Kept(path)

        def asked():
            return kept.answer("how many", kept.state(), lambda: worked.append(1) or ledger.counts()["articles"])

        assert (asked(), asked(), len(worked)) == (2, 2, 1)
        ledger.file(many(5))
        assert (asked(), asked(), len(worked)) == (5, 5, 2)
        kept.close()


def test_an_answer_that_failed_is_not_kept(tmp_path):
    """Where working it out fails, the next who asks has it worked out."""
    path = tmp_path / "a.ledger"
    Ledger.open(path, write=True).close()
    kept = Kept(path)
    for number in range(3):
        try:
            kept.answer(number, kept.state(), lambda: 1 / 0)
        except ZeroDivisionError:
            assert kept.answer(number, kept.state(), lambda: "found") == "found"
    kept.close()


def test_only_so_many_answers_are_kept(tmp_path):
    """The answers that were worked out longest ago make room."""
    path = tmp_path / "a.ledger"
    Ledger.open(path, write=True).close()
    kept, worked = Kept(path), []
    state = kept.state()
    for number in range(MOST + 1):
        kept.answer(number, state, lambda: None)
    for number in (MOST, 0):
        kept.answer(number, state, lambda number=number: worked.append(number))
    assert worked == [0]
    kept.close()


def test_a_question_within_a_state_sees_nothing_older(tmp_path):
    """What is kept for readers who look at one state is never older than that."""
    path = tmp_path / "a.ledger"
    with Ledger.open(path, write=True) as writer, Ledger.open(path) as reader:
        writer.file(many(2))
        kept = Kept(path)
        reader.keep(kept)
        for count in (2, 4, 6):
            writer.file(many(count))
            with reader.still():
                assert reader.counted().articles == count
        kept.close()
