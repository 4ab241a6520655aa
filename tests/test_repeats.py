"""Ids that occur again: told exactly, in memory of one size."""

from hypothesis import given
from hypothesis import strategies as st

from katanya.batch.repeats import Repeats


@given(st.lists(st.text("ab", max_size=3), max_size=30))
def test_what_occurs_again_is_yielded(ids):
    """An id is yielded each time that it was there before; an empty one never."""
    wanted = [id for at, id in enumerate(ids) if id and id in ids[:at]]
    assert list(Repeats(slots=64).again(ids)) == wanted


def test_no_more_is_remembered_than_there_is_room_for():
    """Beyond the bound new ids are let by; those that are remembered are told still."""
    repeats = Repeats(watched=100, slots=256)
    many = [f"n{number}" for number in range(1000)]
    assert list(repeats.again(many)) == []
    assert list(repeats.again(many)) == many[:100]
