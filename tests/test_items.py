import pytest

from katanya.batch.inputs.base import Chunk, Item, Manner, Place
from katanya.batch.reading import Task, document_of
from katanya.core.errors import InputError
from katanya.core.outcomes import Reason, Rejected


def task(item, kind):
    """Return the task of one item."""
    return Task(Chunk([item], Place()), "news.jsonl", kind, Manner(), None)


def test_an_item_that_nobody_foresaw_is_told():
    """What a kind cannot so much as look at is rejected with its place, so that the run goes on."""
    item = Item(7, data=12)
    found = document_of(task(item, "jsonl"), item)
    assert isinstance(found, Rejected)
    assert (found.source, found.reason) == ("news.jsonl:7", Reason.FAILED)


def test_what_a_run_cannot_go_on_for_is_raised():
    """A kind that there is not is no fault of an item."""
    item = Item(7, data=b"{}")
    with pytest.raises(InputError):
        document_of(task(item, "scroll"), item)
