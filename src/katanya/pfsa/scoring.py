"""Exact-span scores a label and micro-averaged; outer white space of a predicted span is forgiven."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

MICRO = "micro"
Record = Mapping[str, Any]


@dataclass(slots=True)
class Figure:
    """A row of the score: how many spans were right, how many predicted too many, how many missed."""

    hit: int = 0
    extra: int = 0
    missed: int = 0

    @property
    def gold(self) -> int:
        """How many there are."""
        return self.hit + self.missed

    @property
    def precision(self) -> float:
        """The share of the predicted that is right."""
        return self.hit / (self.hit + self.extra) if self.hit + self.extra else 0.0

    @property
    def recall(self) -> float:
        """The share of the gold that is found."""
        return self.hit / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        return 2 * self.hit / (2 * self.hit + self.extra + self.missed) if self.hit else 0.0


def score(gold: Iterable[Record], predicted: Mapping[str, Record]) -> dict[str, Figure]:
    """Return a figure a label, in order of their names, and that of all together at the end."""
    figures: dict[str, Figure] = {}
    total = Figure()
    for article in gold:
        text = article["text"]
        right, found = _exact(text, article), _exact(text, predicted.get(article["id"], {}))
        for span in right | found:
            for figure in (figures.setdefault(span[2], Figure()), total):
                figure.hit += span in right and span in found
                figure.extra += span not in right
                figure.missed += span not in found
    return dict(sorted(figures.items())) | {MICRO: total}


def table(figures: Mapping[str, Figure]) -> Iterator[str]:
    """Yield the lines of the corpus's own table."""
    yield f"{'':14}{'P':>8}{'R':>8}{'F1':>8}{'gold':>7}"
    for label, row in figures.items():
        yield f"{label:14}{row.precision:8.4f}{row.recall:8.4f}{row.f1:8.4f}{row.gold:7}"


def _exact(text: str, article: Record) -> set[tuple[int, int, str]]:
    found: set[tuple[int, int, str]] = set()
    for span in article.get("spans", ()):
        raw = text[span["start"]:span["end"]]
        start = span["start"] + len(raw) - len(raw.lstrip())
        found.add((start, start + len(raw.strip()), span["label"]))
    return found
