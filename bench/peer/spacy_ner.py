#!/usr/bin/env python3
"""The published recipe as a peer: spaCy's ``tok2vec`` and ``ner`` with default settings, trained on PFSA-ID.

    spacy_ner.py fit TRAIN.jsonl MODEL          trains; a tenth of TRAIN decides when to stop
    spacy_ner.py predict MODEL GOLD.jsonl OUT   reads ``id`` and ``text`` of GOLD, writes spans, prints words a second

It runs in an environment of its own (see README.md); the project never imports it.
"""

import json
import os
import random
import sys
import time
from pathlib import Path

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[name] = "1"  # one core; it must be said before numpy is loaded

import spacy  # noqa: E402
from spacy.tokens import DocBin  # noqa: E402
from spacy.util import filter_spans  # noqa: E402

SEED = 0
HELD = 10  # one article in so many decides when to stop
CONFIG = """
[paths]
train = null
dev = null

[nlp]
lang = "id"
pipeline = ["tok2vec", "ner"]
batch_size = 1000

[components]

[components.tok2vec]
factory = "tok2vec"

[components.tok2vec.model]
@architectures = "spacy.Tok2Vec.v2"

[components.tok2vec.model.embed]
@architectures = "spacy.MultiHashEmbed.v2"
width = ${components.tok2vec.model.encode.width}
attrs = ["NORM", "PREFIX", "SUFFIX", "SHAPE"]
rows = [5000, 1000, 2500, 2500]
include_static_vectors = false

[components.tok2vec.model.encode]
@architectures = "spacy.MaxoutWindowEncoder.v2"
width = 96
depth = 4
window_size = 1
maxout_pieces = 3

[components.ner]
factory = "ner"

[components.ner.model]
@architectures = "spacy.TransitionBasedParser.v2"
state_type = "ner"
extra_state_tokens = false
hidden_width = 64
maxout_pieces = 2
use_upper = true

[components.ner.model.tok2vec]
@architectures = "spacy.Tok2VecListener.v1"
width = ${components.tok2vec.model.encode.width}

[corpora]

[corpora.train]
@readers = "spacy.Corpus.v1"
path = ${paths.train}

[corpora.dev]
@readers = "spacy.Corpus.v1"
path = ${paths.dev}

[training]
seed = 0
dropout = 0.1
patience = 1600
max_steps = 20000
eval_frequency = 200

[training.batcher]
@batchers = "spacy.batch_by_words.v1"
discard_oversize = false
tolerance = 0.2

[training.batcher.size]
@schedules = "compounding.v1"
start = 100
stop = 1000
compound = 1.001

[training.optimizer]
@optimizers = "Adam.v1"
"""


def read(path: Path) -> list[dict]:
    """Return the records of a file of JSON lines."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def write_docs(records: list[dict], path: Path) -> None:
    """Write articles in spaCy's own format; spans that no token border meets are left out."""
    nlp = spacy.blank("id")
    docs = DocBin()
    for record in records:
        doc = nlp.make_doc(record["text"])
        spans = (doc.char_span(s["start"], s["end"], s["label"]) for s in record["spans"])
        doc.ents = filter_spans([span for span in spans if span is not None])
        docs.add(doc)
    docs.to_disk(path)


def fit(train: Path, model: Path) -> None:
    """Train with spaCy's defaults and keep the best model on the held articles."""
    from spacy.cli.train import train as run

    records = read(train)
    random.Random(SEED).shuffle(records)
    model.mkdir(parents=True, exist_ok=True)
    held = len(records) // HELD
    write_docs(records[held:], model / "train.spacy")
    write_docs(records[:held], model / "held.spacy")
    bare = model / "bare.cfg"
    bare.write_text(CONFIG, encoding="utf-8")
    full = model / "config.cfg"
    from spacy.cli.init_config import fill_config

    fill_config(full, bare)
    run(full, model, overrides={"paths.train": str(model / "train.spacy"), "paths.dev": str(model / "held.spacy")})


def predict(model: Path, gold: Path, out: Path) -> None:
    """Write the predicted spans of every article, and print how fast they came."""
    nlp = spacy.load(model / "model-best")
    records = [(record["text"], record["id"]) for record in read(gold)]
    begun = time.perf_counter()
    docs = list(nlp.pipe(records, as_tuples=True))
    seconds = time.perf_counter() - begun
    words = sum(len(text.split()) for text, _ in records)
    with out.open("w", encoding="utf-8") as lines:
        for doc, name in docs:
            spans = [{"start": e.start_char, "end": e.end_char, "label": e.label_} for e in doc.ents]
            lines.write(json.dumps({"id": name, "spans": spans}) + "\n")
    print(f"{words} words, {words / seconds:.0f} a second")


if __name__ == "__main__":
    command, *paths = sys.argv[1:]
    {"fit": fit, "predict": predict}[command](*map(Path, paths))
