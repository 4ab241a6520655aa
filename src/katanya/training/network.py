"""The networks as torch trains them; `katanya.learned` runs the same with numpy.

Only this module imports torch at its top; the others import it when training begins.
"""

import torch
from torch import Tensor, nn
from torch.nn import functional

from katanya.learned.features import SHAPES
from katanya.learned.tags import NAMES, OFFICES
from katanya.training.table import PIECES, VOCABULARY

WIDTH = 128
DISTANCES = (1, 2, 4, 8)
LABELLER_WIDTH = 96
LABELLER_DISTANCES = (1, 2, 4, 8)
TAGGER_DISTANCES = (1, 2)
REACH = 24  # items from the cue that are told apart by distance
NEVER, BARRIER = -1e4, -60.0
WEIGHT = {"reports": 1.0, "contents": 1.0, "source": 0.5, "cue": 0.2, "act": 0.3, "kind": 0.3}


class Block(nn.Module):
    """Adds to every item what it, and the items at one distance on either side, tell."""

    def __init__(self, width: int, distance: int, drop: float) -> None:
        super().__init__()
        self.distance = distance
        self.norm = nn.LayerNorm(width)
        self.conv = nn.Linear(3 * width, width)
        self.out = nn.Linear(width, width)
        self.drop = nn.Dropout(drop)
        nn.init.normal_(self.out.weight, std=0.02)
        nn.init.zeros_(self.out.bias)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        """Return the items with the addition."""
        own = self.norm(x) * mask
        count, distance = own.shape[1], self.distance
        padded = functional.pad(own, (0, 0, distance, distance))
        seen = torch.cat((padded[:, :count], own, padded[:, 2 * distance:]), -1)
        added: Tensor = self.drop(self.out(functional.relu(self.conv(seen))))
        return x + added


class Encoder(nn.Module):
    """Reads sentences into vectors."""

    def __init__(
        self, vocabulary: int = VOCABULARY, buckets: int = PIECES, width: int = WIDTH, drop: float = 0.0,
        sparse: bool = False,
    ) -> None:
        super().__init__()
        self.rows = nn.Embedding(vocabulary + 1, width, sparse=sparse)
        self.piece = nn.EmbeddingBag(buckets, width, mode="sum", sparse=sparse)
        self.shape = nn.Embedding(len(SHAPES), width)
        self.flag = nn.Embedding(2, width)
        self.mask = nn.Parameter(torch.zeros(width))
        for table in (self.rows, self.piece, self.shape, self.flag):
            nn.init.normal_(table.weight, std=0.1)
        self.blocks = nn.ModuleList(Block(width, distance, drop) for distance in DISTANCES)
        self.norm = nn.LayerNorm(width)
        self.drop = nn.Dropout(drop)

    def forward(self, batch: dict[str, Tensor], hidden: Tensor | None = None) -> Tensor:
        """Return a vector an item; the items that are ``hidden`` show a mask instead of their word."""
        starts = batch["piece_starts"]
        counts = torch.diff(starts, append=torch.tensor([len(batch["pieces"])])).to(self.mask.dtype)
        words = self.rows(batch["rows"]) + self.piece(batch["pieces"], starts) / counts[:, None]
        x = functional.embedding(batch["forms"], words) + self.shape(batch["shapes"])
        if hidden is not None:
            x = torch.where(hidden.unsqueeze(-1), self.mask, x)
        x = self.drop(x) + self.flag(batch["inner"])[:, None]
        for block in self.blocks:
            x = block(x, batch["mask"])
        out: Tensor = self.norm(x) * batch["mask"]
        return out


class Tagger(nn.Module):
    """Tags every item twice, as part of a name and as part of what introduces somebody; each row is a linear chain."""

    def __init__(self, width: int, drop: float = 0.0) -> None:
        super().__init__()
        self.blocks = nn.ModuleList(Block(width, distance, drop) for distance in TAGGER_DISTANCES)
        self.norm = nn.LayerNorm(width)
        self.names, self.offices = nn.Linear(width, len(NAMES)), nn.Linear(width, len(OFFICES))
        self.names_moves = nn.Parameter(torch.zeros(len(NAMES), len(NAMES)))
        self.offices_moves = nn.Parameter(torch.zeros(len(OFFICES), len(OFFICES)))
        self.drop = nn.Dropout(drop)

    def forward(self, states: Tensor, mask: Tensor) -> tuple[Tensor, Tensor]:
        """Return a row of scores an item: of each tag of a name, and of each tag of an office."""
        x = self.drop(states)
        for block in self.blocks:
            x = block(x, mask)
        x = self.drop(self.norm(x))
        return self.names(x), self.offices(x)

    def loss(self, scores: tuple[Tensor, Tensor], mask: Tensor, names: Tensor, offices: Tensor) -> Tensor:
        """Return the loss of a batch of units, a unit at a time; a unit of which nothing is told costs nothing."""
        moves = self.names_moves, self.offices_moves
        parts = [chain_loss(*part, mask[..., 0] > 0) for part in zip(scores, moves, (names, offices), strict=True)]
        return torch.stack(parts).sum() / len(names)


def chain_loss(scores: Tensor, moves: Tensor, truth: Tensor, held: Tensor) -> Tensor:
    """Return minus the summed log probability of the tags that are told; those that are not (below 0) may be any."""
    tags = torch.arange(scores.shape[-1])
    barred = torch.where((truth[..., None] >= 0) & (truth[..., None] != tags), NEVER, 0.0)
    told = (truth >= 0).any(1)
    free, bound = scores[:, 0], scores[:, 0] + barred[:, 0]
    for at in range(1, scores.shape[1]):
        here = held[:, at, None]
        free = torch.where(here, torch.logsumexp(free[:, :, None] + moves, 1) + scores[:, at], free)
        through = torch.logsumexp(bound[:, :, None] + moves, 1) + scores[:, at] + barred[:, at]
        bound = torch.where(here, through, bound)
    likely: Tensor = (torch.logsumexp(bound, 1) - torch.logsumexp(free, 1))[told]
    return -likely.sum()


class Labeller(nn.Module):
    """Reads, cue by cue, what is reported; all contents of a unit compete for the probability, so do all sources."""

    def __init__(self, encoder: Encoder, width: int = LABELLER_WIDTH, drop: float = 0.0) -> None:
        super().__init__()
        self.enc = encoder
        inner = encoder.mask.shape[0]
        self.proj, self.cue = nn.Linear(inner, width), nn.Linear(inner, width)
        self.rel = nn.Embedding(2 * REACH + 1, width)
        nn.init.normal_(self.rel.weight, std=0.1)
        self.blocks = nn.ModuleList(Block(width, distance, drop) for distance in LABELLER_DISTANCES)
        self.norm = nn.LayerNorm(width)
        self.spans = nn.Linear(width, 10)
        self.hid = nn.Linear(2 * width + inner, width)
        self.y, self.act, self.sk = nn.Linear(width, 3), nn.Linear(width, 7), nn.Linear(width, 6)
        self.nsrc, self.two = nn.Linear(width, 1), nn.Linear(width, 1)
        self.tagger = Tagger(inner, drop)
        self.drop = nn.Dropout(drop)

    def forward(self, states: Tensor, mask: Tensor, row: Tensor, head: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Return a row of scores an item, what is told of each cue, and the mask, for the cues at ``row, head``."""
        heads = states[row, head]
        away = (torch.arange(states.shape[1])[None] - head[:, None]).clamp(-REACH, REACH) + REACH
        held = mask[row]
        x = (self.drop(self.proj(states))[row] + self.rel(away) + self.cue(heads)[:, None]) * held
        for block in self.blocks:
            x = block(x, held)
        x = self.norm(x)
        highest = (x + (held - 1) * -NEVER).amax(1)
        told = torch.cat((x[torch.arange(len(row)), head], highest, heads), -1)
        return self.spans(self.drop(x)), self.drop(functional.relu(self.hid(told))), held[..., 0]


def losses(
    model: Labeller, spans: Tensor, told: Tensor, held: Tensor, head: Tensor, truth: dict[str, Tensor]
) -> Tensor:
    """Return the summed loss of a batch of cues, a cue at a time."""
    reports = truth["reports"]
    total = WEIGHT["reports"] * functional.cross_entropy(model.y(told), reports, reduction="sum")
    for name, layer in (("act", model.act), ("kind", model.sk)):
        missed = functional.cross_entropy(layer(told), truth[name], ignore_index=-1, reduction="sum")
        total = total + WEIGHT[name] * missed
    here, any_ = torch.where(reports == 1)[0], torch.where(reports > 0)[0]
    if len(here):
        likely = contents_likelihood(model, spans[here], told[here], held[here], head[here], truth["contents"][here])
        total = total - WEIGHT["contents"] * likely.sum()
    if len(any_):
        likely = source_likelihood(model, spans[any_], told[any_], held[any_], truth["source"][any_])
        marks = functional.binary_cross_entropy_with_logits(spans[any_][..., 8], truth["cue"][any_], reduction="none")
        total = total - WEIGHT["source"] * likely.sum() + WEIGHT["cue"] * (marks * held[any_]).sum()
    return total / len(head)


def _edges(begin: Tensor, end: Tensor, inside: Tensor, free: Tensor) -> tuple[Tensor, Tensor]:
    run = torch.cumsum(inside * free, 1)
    closed = (1 - free) * NEVER
    return begin - (run - inside * free) + closed, end + run + closed


def contents_likelihood(
    model: Labeller, spans: Tensor, told: Tensor, held: Tensor, head: Tensor, contents: Tensor
) -> Tensor:
    """Return the log probability of the true contents among all of one or two stretches that leave out the cue."""
    each = torch.arange(len(spans))
    free, bar = held.clone(), torch.zeros_like(held)
    free[each, head], bar[each, head] = 0, BARRIER
    begin, end = _edges(spans[..., 0], spans[..., 1], spans[..., 2], free)
    over = torch.cumsum(bar, 1)
    begin, end = begin - over, end + over
    begin_second, end_second = begin - spans[..., 0] + spans[..., 3], end - spans[..., 1] + spans[..., 4]
    end_first = end - spans[..., 1] + spans[..., 5]
    opened = torch.logcumsumexp(begin, 1)
    before = functional.pad(torch.logcumsumexp(opened + end_first, 1)[:, :-2], (2, 0), value=NEVER)
    bonus = model.two(told)[:, 0]
    single = torch.logsumexp(opened + end, 1)
    double = torch.logsumexp(torch.logcumsumexp(begin_second + before, 1) + end_second, 1) + bonus
    first, last, first2, last2 = contents.unbind(1)
    two = first2 >= 0
    at, at2 = (last - 1).clamp(min=0), (last2 - 1).clamp(min=0)
    score = begin[each, first.clamp(min=0)] + torch.where(two, end_first[each, at], end[each, at])
    more = begin_second[each, first2.clamp(min=0)] + end_second[each, at2] + bonus
    return score + torch.where(two, more, torch.zeros_like(more)) - torch.logaddexp(single, double)


def source_likelihood(model: Labeller, spans: Tensor, told: Tensor, held: Tensor, source: Tensor) -> Tensor:
    """Return the log probability of the true source among all stretches and no source at all."""
    each = torch.arange(len(spans))
    begin, end = _edges(spans[..., 6], spans[..., 7], spans[..., 9], held)
    none = model.nsrc(told)[:, 0]
    whole = torch.logaddexp(torch.logsumexp(torch.logcumsumexp(begin, 1) + end, 1), none)
    score = begin[each, source[:, 0].clamp(min=0)] + end[each, (source[:, 1] - 1).clamp(min=0)]
    return torch.where(source[:, 0] >= 0, score, none) - whole
