"""The whole training: from a folder of data to a folder of weights."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from katanya.core.errors import InputError, MissingExtra
from katanya.lang.pack import load_pack
from katanya.training.examples import Example, ExampleReader
from katanya.training.progress import say
from katanya.training.readings import folds, outlet_of
from katanya.training.table import Ints, Lexicon, Table, read_lines, vocabulary_of
from katanya.training.tags import read_names

if TYPE_CHECKING:
    from katanya.training.network import Labeller

RAW, GOLD, KEPT_BACK = "data/news.jsonl.gz", "gold/train.jsonl", "gold/dev.jsonl"
LONGEST_RAW = 200  # items of a raw unit
GUESSING, COPYING = 3_200, 1_400  # steps
EPOCHS, TAGGING = 16, 10  # passes over the gold and over the tags, if nothing stops them
# Annotated names: to learn from, and to tell when to stop.
TAGGED = ("data/ner/idner-news-2k/train.txt", "data/ner/nergrit/train.txt")
TAGGED_WATCHED = ("data/ner/idner-news-2k/dev.txt", "data/ner/nergrit/valid.txt")
WATCHED = 10  # one in so many articles is watched, by outlet, to find the number of passes
WORDS = "vocabulary.json"
OPENING = 150  # characters by which an article is known again


def train(data: Path, out: Path, *, encoder: Path | None = None, language: str = "id", seed: int = 0) -> int:
    """Train on a folder, write the weights to another and return how many passes over the gold it took.

    Raises `MissingExtra` without torch.

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
    gold = list(read_lines(_file(data / GOLD)))
    passes = _passes(taught, vocabulary, gold, reader, seed)
    table = Table(_examples(gold, reader))
    model = fit.learn_gold(taught, table, Lexicon(table.words, vocabulary), _units(table), passes, seed, say)
    _teach_tags(model, vocabulary, data, gold, reader, seed)
    export(model, vocabulary, language, out)
    return passes


def _passes(
    taught: "Labeller", vocabulary: tuple[str, ...], gold: Sequence[Mapping[str, Any]], reader: ExampleReader, seed: int
) -> int:
    """Return after how many passes a labeller reads outlets best that it does not learn from."""
    from katanya.training import fit

    fold = folds([outlet_of(record) for record in gold], WATCHED)
    seen, watched = (
        Table(_examples([record for record, its in zip(gold, fold, strict=True) if (its == 0) == held], reader))
        for held in (False, True)
    )
    units = watched.with_cues(fit.LONGEST)
    watch = fit.Watch(fit.gold_loss, watched, Lexicon(watched.words, vocabulary), units, say)
    fit.learn_gold(taught, seen, Lexicon(seen.words, vocabulary), _units(seen), EPOCHS, seed, say, stop=watch)
    return watch.passes


def _teach_tags(
    model: "Labeller",
    vocabulary: tuple[str, ...],
    data: Path,
    gold: Sequence[Mapping[str, Any]],
    reader: ExampleReader,
    seed: int,
) -> None:
    from katanya.training import fit

    named, watched = (
        [Example(words, False, [], names) for file in files for words, names in read_names(_file(data / file)) if words]
        for files in (TAGGED, TAGGED_WATCHED)
    )
    table, held = Table([*_examples(gold, reader), *named]), Table(watched)
    units = held.with_tags(fit.LONGEST)
    watch = fit.Watch(fit.tags_loss, held, Lexicon(held.words, vocabulary), units, say)
    fit.learn_tags(model, table, Lexicon(table.words, vocabulary), TAGGING, seed, say, stop=watch)


def _units(table: Table) -> Ints:
    return np.arange(len(table.lengths))


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


def _examples(gold: Iterable[Mapping[str, Any]], reader: ExampleReader) -> Iterator[Example]:
    for record in gold:
        yield from reader.read(record["text"], record["statements"], record["people"])


def _file(path: Path) -> Path:
    if not path.is_file():
        raise InputError("no such file", where=str(path), fix="name the folder that holds data/ and gold/")
    return path


def _opening(text: str) -> str:
    return " ".join(text.split())[:OPENING]
