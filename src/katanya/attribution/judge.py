"""Chooses, cue by cue, between what the rules and what the network read."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import log
from typing import TYPE_CHECKING

from katanya.attribution.contents import kind_of
from katanya.attribution.cues import Hit
from katanya.attribution.drafts import Draft, Range
from katanya.attribution.features import IRREALIS, FeatureReader
from katanya.attribution.scorer import Scorer
from katanya.core.view import View

if TYPE_CHECKING:
    from katanya.learned.labeller import Labelled, Labeller

READINGS = 3  # contents of the network that are weighed for a cue
LEAST = 0.05  # a content that is less likely is not weighed
SURE_SOURCE = 0.5  # from here on the network's source replaces that of the rules
HELD = "held="  # the feature that tells how likely the network finds a content
BARRED = frozenset({IRREALIS, f"rule-{IRREALIS}"})  # what is only planned or aimed at was never said
STEP = 0.5  # log-odds to a feature


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sentence with its cues, as it is handed to the network; ``direct`` are its statements in quotation marks."""

    view: View
    hits: list[Hit]
    inside: bool
    direct: list[Draft]


class Judge:
    """Weighs the readings of a cue by a scorer; each reading is a draft of its own."""

    def __init__(self, labeller: "Labeller | None", scorer: Scorer | None, features: FeatureReader) -> None:
        self._labeller = labeller
        self._scorer = scorer
        self._features = features

    def label(self, sheets: Sequence[Sheet]) -> list[dict[int, "Labelled"]]:
        """Return what the network reads of every cue of every sheet, by the cue's item."""
        if self._labeller is None:
            return [{} for _ in sheets]
        from katanya.learned.labeller import Unit

        units = self._labeller.encoded([
            Unit(sheet.view.words, [hit.head for hit in sheet.hits], sheet.inside) for sheet in sheets
        ])
        for sheet, unit in zip(sheets, units, strict=True):
            sheet.view.analysis.encoded[sheet.view.index] = unit.states
        return [{labelled.cue: labelled for labelled in found} for found in self._labeller.read(units)]

    def options(self, sheet: Sheet, hit: Hit, rule: Draft | None, labelled: "Labelled | None") -> list[Draft]:
        """Return the drafts that a cue may stand for, with their features; that of the rules comes first."""
        if labelled is None:
            return [] if rule is None else [rule]
        view = sheet.view
        options = [] if rule is None else [rule]
        if rule is not None:
            self._mend_source(view, rule, hit, labelled)
            rule.features += _network_features(labelled, _items(view, rule.contents), "rule")
        readings = [contents for probability, contents in labelled.contents[:READINGS] if probability >= LEAST]
        for rank, contents in enumerate([labelled.best, *readings]):
            if not contents or any(view.tokens(*part) in option.contents for option in options for part in contents[:1]
                                   if len(option.contents) == len(contents)):
                continue
            options.append(self._read(sheet, hit, rule, labelled, contents, rank))
        return options

    def weigh(self, drafts: Sequence[Draft]) -> None:
        """Set the confidence of drafts that count whatever it is."""
        if self._scorer is not None:
            for draft in drafts:
                draft.confidence = self._scorer.probability(draft.features)

    def choose(self, options: list[Draft]) -> list[Draft]:
        """Return the option that counts, if one does: by the scorer, or without one the undoubted rule."""
        if self._scorer is None:
            return [draft for draft in options if not draft.doubts]
        done = [draft for draft in options if not BARRED.intersection(draft.features)]
        for draft in done:
            draft.confidence = self._scorer.probability(draft.features)
        best = max(done, key=lambda draft: draft.confidence or 0.0, default=None)
        return [] if best is None or not self._scorer.counts(best) else [best]

    @staticmethod
    def _mend_source(view: View, rule: Draft, hit: Hit, labelled: "Labelled") -> None:
        """Take the network's source where it is sure of another; a cue that carries its person is its own source."""
        if hit.clitic or labelled.source is None or labelled.source_probability < SURE_SOURCE:
            return
        source = view.tokens(*labelled.source)
        if source != rule.source:
            rule.source = source
            rule.because.append("source:network")

    def _read(
        self, sheet: Sheet, hit: Hit, rule: Draft | None, labelled: "Labelled", contents: tuple[Range, ...], rank: int
    ) -> Draft:
        view = sheet.view
        source = rule.source if rule is not None else None
        if rule is None and labelled.source is not None:
            source = view.tokens(*labelled.source)
        draft = Draft(
            kind_of(view, list(contents)),
            [view.tokens(*content) for content in contents],
            view.index,
            cue=view.tokens(hit.first, hit.last),
            source=source,
            because=["indirect:network", f"cue:{hit.cue.lemma}"],
        )
        draft.features = self._features.of(view, hit, draft, sheet.inside, 0)
        draft.features += _network_features(labelled, contents, "network" if rule is not None else "alone")
        draft.features.append(f"rank={rank}")
        if rule is not None:
            draft.features += [f"rule-{doubt}" for doubt in rule.doubts]
        draft.contents = [_closed(view, *content) for content in contents]
        return draft


def _closed(view: View, first: int, last: int) -> Range:
    """Return the tokens of a content, with the bracket behind it that closes one inside."""
    inside = view.low[first:last]
    open_still = inside.count("(") > inside.count(")")
    return view.tokens(first, last + 1 if open_still and view.low[last : last + 1] == [")"] else last)


def _network_features(labelled: "Labelled", contents: tuple[Range, ...] | None, origin: str) -> list[str]:
    """Name how likely the network finds a content, in steps of log-odds."""
    here = _odds(labelled.here)
    if contents is None:
        return [f"origin={origin}", f"here={here}", f"elsewhere={_odds(labelled.elsewhere)}", f"{HELD}outside"]
    held = _odds(labelled.confidence(contents))
    within = _odds(labelled.confidence(contents) / max(labelled.here, 1e-6))
    return [
        f"origin={origin}", f"here={here}", f"{HELD}{held}", f"within={within}", f"origin+held={origin}+{held}",
        f"origin+here={origin}+{here}",
    ]


def _odds(probability: float) -> int:
    bounded = min(max(probability, 0.001), 0.999)
    return round(log(bounded / (1 - bounded)) / STEP)


def _items(view: View, contents: list[Range]) -> tuple[Range, ...] | None:
    """Return contents as items of a view, or ``None`` where they stand outside it."""
    found = []
    for first, last in contents:
        if first < view.first[0] or last > view.end[-1]:
            return None
        found.append((view.item_at(first), view.item_at(last - 1) + 1))
    return tuple(found)
