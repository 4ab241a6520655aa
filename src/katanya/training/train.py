"""The whole training: from a folder of data to a folder of weights."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from katanya.core.errors import InputError, MissingExtra
from katanya.lang.pack import load_pack
from katanya.training.examples import Example, ExampleReader
from katanya.training.progress import say
from katanya.training.table import Lexicon, Table, read_lines, vocabulary_of

if TYPE_CHECKING:
    from katanya.training.network import Labeller

RAW, GOLD, KEPT_BACK = "data/news.jsonl.gz", "gold/train.jsonl", "gold/dev.jsonl"
LONGEST_RAW = 200  # items of a raw unit
GUESSING, COPYING, EPOCHS = 3_200, 1_400, 14
WORDS = "vocabulary.json"
OPENING = 150  # characters by which an article is known again


def train(data: Path, out: Path, *, encoder: Path | None = None, language: str = "id", seed: int = 0) -> None:
    """Train on a folder and write the weights to another; raises `MissingExtra` without torch.

    ``data`` holds ``data/news.jsonl.gz`` (raw text) and ``gold/train.jsonl``; what ``gold/dev.jsonl`` holds, where
    there is one, is kept out. ``encoder`` is a file that an earlier run left under ``out``: it stands for the first
    two lessons, which take most of the time.
    """
    try:
        import torch
    except ImportError:
        raise MissingExtra("training needs torch", fix="pip install torch") from None
    from katanya.training import fit
    from katanya.training.export import export

    torch.set_num_threads(1)  # the sums of several threads come in any order
    torch.use_deterministic_algorithms(True)
    out.mkdir(parents=True, exist_ok=True)
    taught_file, words_file = out / "taught.pt", out / WORDS
    reader = ExampleReader(load_pack(language))
    if encoder is None:
        raw = Table(raw_examples(data, reader))
        vocabulary = vocabulary_of(raw.counts())
        lexicon = Lexicon(raw.words, vocabulary)
        guesser = fit.guess_words(raw, lexicon, GUESSING, seed, say)
        taught = fit.copy_rules(guesser, raw, lexicon, COPYING, seed + 1, say)
        torch.save(taught.state_dict(), taught_file)
        words_file.write_text(json.dumps(vocabulary), encoding="utf-8")
    else:
        taught, vocabulary = taught_by(encoder)
    gold = Table(_gold(data / GOLD, reader))
    units = np.arange(len(gold.lengths))
    model = fit.learn_gold(taught, gold, Lexicon(gold.words, vocabulary), units, EPOCHS, seed, say)
    export(model, vocabulary, language, out)


def taught_by(encoder: Path) -> "tuple[Labeller, tuple[str, ...]]":
    """Return the labeller of the first two lessons from the file that they left, and its vocabulary."""
    import torch

    from katanya.training.network import Encoder, Labeller

    vocabulary = tuple(json.loads((encoder.parent / WORDS).read_text(encoding="utf-8")))
    taught = Labeller(Encoder(len(vocabulary)))
    taught.load_state_dict(torch.load(encoder, weights_only=True))
    return taught, vocabulary


def raw_examples(data: Path, reader: ExampleReader) -> Iterator[Example]:
    """Yield what the raw text teaches, without the articles that are kept back, where there are such."""
    kept_back = data / KEPT_BACK
    held = {_opening(record["text"]) for record in read_lines(kept_back)} if kept_back.is_file() else set()
    for record in read_lines(_file(data / RAW)):
        if _opening(record["text"]) not in held:
            yield from (example for example in reader.read(record["text"]) if len(example.words) <= LONGEST_RAW)


def _gold(path: Path, reader: ExampleReader) -> Iterator[Example]:
    for record in read_lines(_file(path)):
        yield from reader.read(record["text"], record["statements"])


def _file(path: Path) -> Path:
    if not path.is_file():
        raise InputError("no such file", where=str(path), fix="name the folder that holds data/ and gold/")
    return path


def _opening(text: str) -> str:
    return " ".join(text.split())[:OPENING]
