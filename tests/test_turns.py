import signal
import threading
from concurrent.futures import CancelledError

import pytest

from katanya.batch.limits import TookTooLong, within
from katanya.batch.turns import Turns


def handing(turns, hand):
    """Start a thread that hands work to this one, and ends its turns."""

    def handed():
        try:
            hand()
        finally:
            turns.shutdown()

    thread = threading.Thread(target=handed)
    thread.start()
    return thread


def test_work_is_done_by_the_thread_that_runs_it():
    """In the order in which it was handed over, and who handed it over has the result, or the error."""
    turns, done, found = Turns(), [], []

    def work(number):
        done.append((number, threading.current_thread()))
        return 6 / number

    def hand():
        futures = [turns.submit(work, number) for number in (3, 0, 2)]
        found.extend([futures[0].result(), type(futures[1].exception()), futures[2].result()])

    thread = handing(turns, hand)
    turns.run()
    thread.join()
    assert done == [(number, threading.main_thread()) for number in (3, 0, 2)]
    assert found == [2.0, ZeroDivisionError, 3.0]


def test_what_is_interrupted_keeps_nobody_waiting():
    """The work at hand ends with the interruption, and what waits behind it or comes later is cancelled."""
    turns, found = Turns(), []

    def interrupted():
        signal.raise_signal(signal.SIGINT)

    def hand():
        futures = [turns.submit(interrupted), turns.submit(list)]
        found.append(type(futures[0].exception()))
        for future in (futures[1], turns.submit(list)):
            with pytest.raises(CancelledError):
                future.result()
            found.append("cancelled")

    thread = handing(turns, hand)
    with pytest.raises(KeyboardInterrupt):
        turns.run()
    thread.join()
    assert found == [KeyboardInterrupt, "cancelled", "cancelled"]


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="the system has no such clock")
def test_what_is_never_done_is_given_up():
    """A thread that hands over what takes without end has an answer: the main thread is told that the time is up."""
    turns, found = Turns(), []

    def endless():
        try:
            with within(0.1):
                while True:
                    pass
        except TookTooLong:
            return "given up"

    thread = handing(turns, lambda: found.append(turns.submit(endless).result()))
    turns.run()
    thread.join()
    assert found == ["given up"]
