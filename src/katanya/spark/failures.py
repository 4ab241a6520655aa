"""What Spark raises, in words: of a failed task those of this program's own error."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

from katanya.core.errors import KatanyaError

OWN = re.compile(r"^katanya\.core\.errors\.\w+: (.+)$", re.MULTILINE)  # the last line of a traceback of ours
KEPT = "what is committed is kept: mend that and give the same command"
LONGEST = 300  # characters of what Spark says


@contextmanager
def in_words(where: str, fix: str = KEPT) -> Iterator[None]:
    """Raise `KatanyaError` in the place of an error of Spark's."""
    from py4j.protocol import Py4JError
    from pyspark.errors import PySparkException

    try:
        yield
    except (Py4JError, PySparkException) as error:
        raise KatanyaError(told(str(error)), where=where, fix=fix) from error


def told(error: str) -> str:
    """Return what an error of Spark's comes to: what a task of ours has said, else its first line."""
    own = OWN.findall(error)
    lines = [line.strip() for line in error.splitlines() if line.strip()]
    return own[-1] if own else f"Spark: {lines[0][:LONGEST] if lines else 'it has ended'}"
