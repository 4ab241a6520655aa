"""What each part of the reading costs: CPU seconds and microseconds a word, over a file of articles.

    python bench/speed/parts.py ARTICLES.jsonl [--calls 40]

A part's time leaves out that of the parts it calls. ``--calls N`` lists the N dearest functions under a profiler as
well, whose own cost falls on small functions. ``peak`` is the memory of the process at its highest.
"""

import argparse
import cProfile
import importlib
import pstats
import resource
import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any

PARTS = {
    "tokens": ("katanya.pipeline.analyse:tokenize",),
    "boilerplate": ("katanya.pipeline.segments:SegmentReader.read",),
    "quotation marks": ("katanya.pipeline.quotations:QuotationReader.read",),
    "sentences": ("katanya.pipeline.sentences:SentenceReader.read",),
    "names": ("katanya.pipeline.names:NameReader.read",),
    "encoder": ("katanya.learned.encoder:Encoder.__call__", "katanya.learned.labeller:Labeller.encoded"),
    "tagger": ("katanya.learned.tags:NameTagger.lean", "katanya.pipeline.analyse:Analyser._lean"),
    "labeller": ("katanya.learned.labeller:Labeller.read",),
    "decoding": ("katanya.learned.labeller:content_readings", "katanya.learned.labeller:source_readings"),
    "cues": ("katanya.attribution.detect:Detector._sheets", "katanya.attribution.cues:CueFinder.find"),
    "quoted": (
        "katanya.attribution.quoted:QuotedReader.read", "katanya.attribution.quoted:QuotedReader.follow_on",
    ),
    "indirect": ("katanya.attribution.indirect:IndirectReader.read",),
    "judge": ("katanya.attribution.judge:Judge.options", "katanya.attribution.judge:Judge.choose"),
    "acts": ("katanya.attribution.acts:ActReader.read",),
    "occasion": ("katanya.attribution.occasion:OccasionReader.read",),
    "people": ("katanya.attribution.speakers:SpeakerResolver.resolve",),
    "times": ("katanya.normalise.times.reader:TimeReader.read",),
    "figures": ("katanya.normalise.figures.reader:FigureReader.read",),
    "places": ("katanya.normalise.places.reader:PlaceReader.read",),
    "values": ("katanya.normalise.values:Normaliser.read_tokens",),
    "writing": ("katanya.render.encode:line",),
}


class Clock:
    """CPU seconds by part, each without those of the parts inside it."""

    def __init__(self) -> None:
        self.spent: dict[str, float] = defaultdict(float)
        self._inner = [0.0]

    def around(self, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """Return a function that does the same and is timed under a name; of a generator only the start is."""

        def timed(*args: Any, **keywords: Any) -> Any:
            begin = time.process_time()
            self._inner.append(0.0)
            try:
                return function(*args, **keywords)
            finally:
                whole = time.process_time() - begin
                self.spent[name] += whole - self._inner.pop()
                self._inner[-1] += whole

        return timed

    def watch(self, name: str, where: str) -> None:
        """Time a function or method named as ``module:Class.method``."""
        module, _, path = where.partition(":")
        owner: Any = importlib.import_module(module)
        *outer, last = path.split(".")
        for part in outer:
            owner = getattr(owner, part)
        setattr(owner, last, self.around(name, getattr(owner, last)))


def main() -> None:
    """Read the articles and print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("articles", type=Path)
    parser.add_argument("--calls", type=int, default=0, metavar="N")
    options = parser.parse_args()
    lines = options.articles.read_bytes().splitlines()

    clock = Clock()
    for name, places in PARTS.items():
        for where in places:
            clock.watch(name, where)
    from katanya.api import Reader
    from katanya.readers import read_line
    from katanya.render import encode

    begin = time.process_time()
    reader = Reader()
    print(f"start-up {time.process_time() - begin:.2f} s")
    profile = cProfile.Profile() if options.calls else None
    words = 0
    begin = time.process_time()
    if profile is not None:
        profile.enable()
    for number, line in enumerate(lines, 1):
        document = read_line(line, source="articles", number=number)
        for article in reader.pipe([document] if document else []):
            encode.line(article)
            words += len(getattr(article, "text", "").split())
    if profile is not None:
        profile.disable()
    total = time.process_time() - begin
    report(clock, total, words)
    if profile is not None:
        pstats.Stats(profile).sort_stats("tottime").print_stats(options.calls)


def report(clock: Clock, total: float, words: int) -> None:
    """Print what every part took."""
    rest = total - sum(clock.spent.values())
    for name, seconds in sorted([*clock.spent.items(), ("rest", rest)], key=lambda row: -row[1]):
        print(f"{name:16} {seconds:7.2f} s  {1e6 * seconds / words:6.2f} µs/word")
    print(f"{'all':16} {total:7.2f} s  {1e6 * total / words:6.2f} µs/word, {words / total:,.0f} words/s")
    print(f"peak {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    main()
