"""The three lessons: guess hidden words, copy the rules, learn from the gold."""

import math
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from katanya.training.network import Encoder, Labeller, Tagger, losses
from katanya.training.table import (
    ACT,
    CONTENTS,
    FIRST,
    HEAD,
    KIND,
    LAST,
    REPORTS,
    SOURCE,
    Ints,
    Lexicon,
    Table,
    batches,
)

Progress = Callable[[str], None]
Batch = dict[str, Tensor]
Loss = Callable[[Labeller, Table, Lexicon, Ints], Tensor]

SIZE = 6_144  # items in a batch of raw text
GOLD_SIZE = 3_000
TAGS_SIZE = 1_200
TAGS_DROP = 0.2
EVERY = 100  # steps between two lines of progress
HIDE, SHOW = 0.18, 0.1  # words to be guessed, and how many of them are shown all the same
COMMON = 20_000  # words that are guessed
RIVALS = 3_000  # words drawn to stand against the true ones
RARE = 2e-4  # words commoner than this are guessed less often
LONGEST = 160
PATIENCE = 6  # passes that may bring nothing
LEVEL = 1e-3  # losses that lie no further apart are as good as equal


def collate(table: Table, lexicon: Lexicon, units: Ints) -> Batch:
    """Return a batch of units: every form once, and where each stands."""
    lengths = table.lengths[units]
    held = np.arange(int(lengths.max()))[None] < lengths[:, None]
    ids = np.zeros(held.shape, np.int64)
    ids[held] = np.concatenate([table.forms[table.offsets[u]:table.offsets[u + 1]] for u in units])
    forms, where = np.unique(ids, return_inverse=True)
    starts, stops = lexicon.offsets[forms], lexicon.offsets[forms + 1]
    found = np.concatenate([lexicon.pieces[a:b] for a, b in zip(starts, stops, strict=True)])
    arrays = {
        "rows": lexicon.rows[forms], "pieces": found, "piece_starts": np.cumsum(stops - starts) - (stops - starts),
        "forms": where.reshape(ids.shape), "shapes": lexicon.shapes[ids], "inner": table.inner[units],
        "words": lexicon.rows[ids], "mask": held.astype(np.float32)[..., None],
    }
    for name, tags in (("names", table.names), ("offices", table.offices)):
        row = np.full(held.shape, -1, np.int64)
        row[held] = np.concatenate([tags[table.offsets[u]:table.offsets[u + 1]] for u in units])
        arrays[name] = row
    return {name: torch.from_numpy(array) for name, array in arrays.items()}


def truths(table: Table, units: Ints, width: int) -> tuple[Tensor, Tensor, Batch]:
    """Return row, head and truth of the cues of a batch of units."""
    counts = table.first[units + 1] - table.first[units]
    rows = table.cues[np.concatenate([np.arange(table.first[u], table.first[u + 1]) for u in units])]
    items = np.arange(width)[None]
    marked = (items >= rows[:, FIRST, None]) & (items < rows[:, LAST, None])
    columns = {"reports": REPORTS, "contents": CONTENTS, "source": SOURCE, "act": ACT, "kind": KIND}
    truth = {name: torch.from_numpy(np.ascontiguousarray(rows[:, column])) for name, column in columns.items()}
    truth["cue"] = torch.from_numpy(marked.astype(np.float32))
    return torch.from_numpy(np.repeat(np.arange(len(units)), counts)), torch.from_numpy(rows[:, HEAD].copy()), truth


class _Descent:
    """Optimisers for the dense and the sparse parameters under one falling rate."""

    def __init__(
        self, groups: list[tuple[list[Any], float]], tables: list[Any], tables_scale: float, peak: float, steps: int
    ) -> None:
        scaled = [{"params": params, "scale": scale} for params, scale in groups]
        self._dense = torch.optim.Adam(scaled, betas=(0.9, 0.98))
        self._sparse = torch.optim.SparseAdam(tables) if tables else None
        self._params = [param for params, _ in groups for param in params]
        self._tables_scale, self._peak, self._steps, self._step = tables_scale, peak, steps, 0

    def __call__(self, loss: Tensor, warm: int) -> None:
        rate = self._peak * min(1.0, (self._step + 1) / warm) * max(0.02, 1 - self._step / self._steps)
        for group in self._dense.param_groups:
            group["lr"] = rate * group["scale"]
        self._dense.zero_grad(set_to_none=True)
        if self._sparse:
            self._sparse.zero_grad(set_to_none=True)
            for group in self._sparse.param_groups:
                group["lr"] = rate * self._tables_scale
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self._params, 1.0)
        self._dense.step()
        if self._sparse:
            self._sparse.step()
        self._step += 1


def _endless(table: Table, units: Ints, size: int, rng: np.random.Generator, steps: int) -> Iterator[Ints]:
    done = 0
    while done < steps:
        for batch in batches(table.lengths, units, size, rng):
            if done == steps:
                return
            done += 1
            yield batch


def _tables(encoder: Encoder) -> list[Any]:
    return [encoder.rows.weight, encoder.piece.weight]


def _others(model: torch.nn.Module, without: list[Any]) -> list[Any]:
    left_out = {id(param) for param in without}
    return [param for param in model.parameters() if id(param) not in left_out and param.requires_grad]


def _report(say: Progress, lesson: str, step: int, steps: int, total: float) -> float:
    if (step + 1) % EVERY:
        return total
    say(f"{lesson}: step {step + 1} of {steps}, loss {total / EVERY:.3f}")
    return 0.0


def guess_words(table: Table, lexicon: Lexicon, steps: int, seed: int, say: Progress) -> Encoder:
    """Teach an encoder to guess hidden words from what stands around them."""
    torch.manual_seed(seed)
    rng = np.random.default_rng(seed)
    encoder = Encoder(lexicon.size, sparse=True)
    size = encoder.rows.weight.shape[0]
    counts = np.bincount(lexicon.rows[table.forms], minlength=size).astype(np.float64)
    counts[0], counts[COMMON + 1:] = 0, 0
    share = counts / counts.sum() + 1e-12
    bias = torch.nn.Parameter(torch.from_numpy(np.log(share)).float().clamp(min=-12))
    rivals = np.cumsum(counts**0.6 / (counts**0.6).sum())
    wanted = torch.from_numpy(np.clip(np.sqrt(RARE / share) + RARE / share, 0.25, 1)).float()
    head = torch.nn.Linear(encoder.mask.shape[0], encoder.mask.shape[0])
    tables = _tables(encoder)
    descent = _Descent([([*_others(encoder, tables), bias, *head.parameters()], 1.0)], tables, 1.0, 2.5e-3, steps)
    total = 0.0
    for step, units in enumerate(_endless(table, np.flatnonzero(table.lengths >= 4), SIZE, rng, steps)):
        batch = collate(table, lexicon, units)
        words = batch["words"]
        asked = (words > 0) & (words <= COMMON) & (torch.rand(words.shape) < HIDE * wanted[words])
        masked = asked & (torch.rand(words.shape) >= SHOW)
        truth = words[asked]
        with torch.autocast("cpu", torch.bfloat16):
            states = head(encoder(batch, masked)[asked])
            drawn = np.searchsorted(rivals, rng.random(RIVALS))
            classes = torch.from_numpy(np.union1d(drawn, truth.numpy()))
            scores = states @ encoder.rows(classes).T / math.sqrt(8) + bias[classes]
        loss = functional.cross_entropy(scores.float(), torch.searchsorted(classes, truth))
        descent(loss, warm=200)
        total = _report(say, "guess words", step, steps, total + loss.item())
    return encoder


def gold_loss(model: Labeller, table: Table, lexicon: Lexicon, units: Ints) -> Tensor:
    """Return the loss of what is read of the cues of a batch of units."""
    batch = collate(table, lexicon, units)
    row, head, truth = truths(table, units, batch["mask"].shape[1])
    with torch.autocast("cpu", torch.bfloat16):
        states = model.enc(batch)
        spans, told, held = model(states, batch["mask"], row, head)
    return losses(model, spans.float(), told.float(), held, head, truth)


def copy_rules(encoder: Encoder, table: Table, lexicon: Lexicon, steps: int, seed: int, say: Progress) -> Labeller:
    """Teach a labeller on raw text what the rules read there."""
    torch.manual_seed(seed)
    encoder = _with_drop(encoder, 0.05, sparse=True)
    model = Labeller(encoder, drop=0.1)
    tables = _tables(encoder)
    own = _others(model, list(encoder.parameters()))
    descent = _Descent([(_others(encoder, tables), 0.4), (own, 1.0)], tables, 0.2, 1.5e-3, steps)
    total = 0.0
    for step, units in enumerate(_endless(table, table.with_cues(120), SIZE, np.random.default_rng(seed), steps)):
        loss = gold_loss(model, table, lexicon, units)
        descent(loss, warm=100)
        total = _report(say, "copy rules", step, steps, total + loss.item())
    return model


class Watch:
    """Tells when to stop: after each pass the loss on units that are not learnt from is taken down."""

    def __init__(
        self, loss: Loss, table: Table, lexicon: Lexicon, units: Ints, say: Progress, patience: int = PATIENCE
    ) -> None:
        self._loss, self._table, self._lexicon, self._say, self._patience = loss, table, lexicon, say, patience
        self._batches = batches(table.lengths, units, GOLD_SIZE, np.random.default_rng(0))
        self._losses: list[float] = []

    def __call__(self, model: Labeller) -> bool:
        """Take the loss of a model and tell whether there was none lower for as many passes as are waited."""
        model.eval()
        with torch.no_grad():
            lost = [self._loss(model, self._table, self._lexicon, batch).item() * len(batch) for batch in self._batches]
        model.train()
        self._losses.append(sum(lost) / sum(map(len, self._batches)))
        self._say(f"watch: pass {len(self._losses)}, loss {self._losses[-1]:.4f}")
        return len(self._losses) - self.passes >= self._patience

    @property
    def passes(self) -> int:
        """The number of passes after which the loss was least; of those as good as equal, the most."""
        least = min(self._losses) + LEVEL
        return max(at for at, loss in enumerate(self._losses, 1) if loss <= least)


def learn_gold(
    taught: Labeller, table: Table, lexicon: Lexicon, units: Ints, epochs: int, seed: int, say: Progress,
    drop: float = 0.15, stop: Watch | None = None,
) -> Labeller:
    """Teach a labeller that knows the rules what they get wrong; ``taught`` itself is left as it was.

    ``stop`` is asked after each of the passes over the units whether that was the last.
    """
    torch.manual_seed(seed)
    model = Labeller(_with_drop(taught.enc, drop, sparse=False), drop=drop)
    model.load_state_dict(taught.state_dict())
    for frozen in _tables(model.enc):
        frozen.requires_grad_(False)
    units = np.intersect1d(units, table.with_cues(LONGEST))
    once = len(batches(table.lengths, units, GOLD_SIZE, np.random.default_rng(0)))
    own = _others(model, list(model.enc.parameters()))
    descent = _Descent([(_others(model.enc, []), 0.4), (own, 1.0)], [], 0.0, 1e-3, epochs * once)
    total = 0.0
    for step, batch in enumerate(_endless(table, units, GOLD_SIZE, np.random.default_rng(seed), epochs * once)):
        loss = gold_loss(model, table, lexicon, batch)
        descent(loss, warm=20)
        total = _report(say, "learn gold", step, epochs * once, total + loss.item())
        if stop is not None and (step + 1) % once == 0 and stop(model):
            break
    model.eval()
    return model


def tags_loss(model: Labeller, table: Table, lexicon: Lexicon, units: Ints) -> Tensor:
    """Return the loss of the tagger on a batch of units; the encoder is only looked through."""
    batch = collate(table, lexicon, units)
    with torch.no_grad():
        states = model.enc(batch)
    scores = model.tagger(states, batch["mask"])
    return model.tagger.loss(scores, batch["mask"], batch["names"], batch["offices"])


def learn_tags(
    model: Labeller, table: Table, lexicon: Lexicon, epochs: int, seed: int, say: Progress, stop: Watch | None = None
) -> None:
    """Teach the tagger of a model to read names and offices from what its encoder makes of a sentence.

    Where a watch tells when to ``stop``, what it found best is kept.
    """
    torch.manual_seed(seed)
    model.tagger = Tagger(model.enc.mask.shape[0], TAGS_DROP)
    units = table.with_tags(LONGEST)
    once = len(batches(table.lengths, units, TAGS_SIZE, np.random.default_rng(0)))
    descent = _Descent([(list(model.tagger.parameters()), 1.0)], [], 0.0, 2e-3, epochs * once)
    best: dict[str, Tensor] | None = None
    total = 0.0
    for step, batch in enumerate(_endless(table, units, TAGS_SIZE, np.random.default_rng(seed), epochs * once)):
        model.enc.eval()
        loss = tags_loss(model, table, lexicon, batch)
        descent(loss, warm=50)
        total = _report(say, "learn tags", step, epochs * once, total + loss.item())
        if stop is not None and (step + 1) % once == 0:
            ended = stop(model)
            if stop.passes == (step + 1) // once:
                best = {name: tensor.clone() for name, tensor in model.tagger.state_dict().items()}
            if ended:
                break
    if best is not None:
        model.tagger.load_state_dict(best)
    model.eval()


def _with_drop(encoder: Encoder, drop: float, sparse: bool) -> Encoder:
    copy = Encoder(encoder.rows.weight.shape[0] - 1, encoder.piece.weight.shape[0], encoder.mask.shape[0], drop, sparse)
    copy.load_state_dict(encoder.state_dict())
    return copy
