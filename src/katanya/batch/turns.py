"""Work that other threads hand to this one: only the main thread of a process can be told that its time is up."""

from collections.abc import Callable
from concurrent.futures import Executor, Future
from functools import partial
from queue import SimpleQueue
from typing import Any, ParamSpec, TypeVar

Arguments = ParamSpec("Arguments")
Result = TypeVar("Result")


class Turns(Executor):
    """Runs what is submitted, one thing after the other, in the thread that calls `run`."""

    def __init__(self) -> None:
        self._jobs: SimpleQueue[tuple[Future[Any], Callable[[], Any]] | None] = SimpleQueue()

    def submit(
        self, function: Callable[Arguments, Result], /, *args: Arguments.args, **more: Arguments.kwargs
    ) -> Future[Result]:
        """Let a function wait for its turn."""
        future: Future[Result] = Future()
        self._jobs.put((future, partial(function, *args, **more)))
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Let `run` end after what waits now."""
        self._jobs.put(None)

    def run(self) -> None:
        """Run what is submitted until the end; once this is interrupted, what waits or still comes is cancelled."""
        try:
            while (job := self._jobs.get()) is not None:
                _done(*job)
        except BaseException:
            while (job := self._jobs.get()) is not None:
                job[0].cancel()
            raise


def _done(future: Future[Any], work: Callable[[], Any]) -> None:
    if not future.set_running_or_notify_cancel():
        return
    try:
        future.set_result(work())
    except Exception as error:
        future.set_exception(error)
    except BaseException as error:
        future.set_exception(error)
        raise
