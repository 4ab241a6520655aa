"""Reads the places of a text."""

from functools import cached_property

from katanya.core.analysis import Tokens
from katanya.core.spans import Span
from katanya.core.values import Place
from katanya.lang.pack import Pack
from katanya.normalise.places.context import Surroundings
from katanya.normalise.places.gazetteer import TOWN, Gazetteer, Row
from katanya.normalise.places.judging import Judge
from katanya.normalise.places.mentions import KEPT, PROPER, SMALL, Finder, Mention
from katanya.normalise.places.ranking import Ranker
from katanya.normalise.places.roles import GOVERNMENT, RoleReader

ENCLOSING = "enclosing"


class PlaceReader:
    """Finds names of places and says which place is meant; the table is loaded with the first text."""

    def __init__(self, pack: Pack) -> None:
        self._pack = pack

    def read(self, text: str, tokens: Tokens) -> tuple[Place, ...]:
        """Return the places of a text in order."""
        engine = self._engine
        words = engine.finder.split(tokens)
        mentions = engine.finder.find(text, words)
        if not mentions:
            return ()
        kept, outers = engine.judge.keep(text, words, mentions)
        engine.ranker.choose(kept, outers)
        countries = {mention.row.country for mention in kept if mention.row is not None and mention.row.country}
        countries |= {engine.home for mention in kept if mention.domestic}
        only = next(iter(countries)) if len(countries) == 1 else None
        places: list[Place] = []
        partner = 0
        for mention in kept:
            place = engine.place(text, words, mention, only, partner)
            partner = mention.last if place.role == GOVERNMENT else 0
            places.append(place)
        return tuple(places)

    @cached_property
    def _engine(self) -> "_Engine":
        return _Engine(self._pack)


class _Engine:
    """The parts of the reader, which all need the table."""

    def __init__(self, pack: Pack) -> None:
        surroundings = Surroundings(pack)
        gazetteer = Gazetteer(pack, surroundings.ordinary)
        self.home = pack.entries("places.home")[0].upper()
        self.finder = Finder(pack, gazetteer)
        self.judge = Judge(pack, gazetteer, surroundings, self.home)
        self.ranker = Ranker(gazetteer, self.home)
        self.roles = RoleReader(pack)

    def place(self, text: str, tokens: Tokens, mention: Mention, only: str | None, partner: int) -> Place:
        """Return the finished place of a mention.

        ``only`` is the country of all others, where there is but one, ``partner`` the end of a government before it.
        """
        span = Span.cut(text, tokens.starts[mention.first], tokens.ends[mention.last - 1])
        row = mention.row
        if row is None:
            return self._unknown(text, tokens, span, mention, only)
        kind = mention.kind if mention.kind in SMALL or (row.kind == TOWN and mention.told) else row.kind
        return Place(
            span=span,
            name=row.name,
            kind=kind,
            country=row.country,
            region=row.region,
            lat=row.lat,
            lon=row.lon,
            role=self.roles.read(tokens, mention, partner),
            flags=(ENCLOSING,) if kind in SMALL and row.kind in ("regency", "city") else (),
            because=_because(mention, mention.outer),
        )

    def _unknown(self, text: str, tokens: Tokens, span: Span, mention: Mention, only: str | None) -> Place:
        """Return a place that the table does not have: its name and kind, and what the place around it lends it."""
        outer = mention.outer
        begin = mention.first if mention.reading in (KEPT, PROPER) else mention.name
        return Place(
            span=span,
            name=text[tokens.starts[begin] : tokens.ends[mention.last - 1]],
            kind=mention.kind,
            country=outer.country if outer else self.home if mention.kind in SMALL or mention.domestic else only,
            region=outer.region if outer else None,
            lat=outer.lat if outer else None,
            lon=outer.lon if outer else None,
            flags=(ENCLOSING,) if outer else (),
            because=_because(mention, outer),
        )


def _because(mention: Mention, outer: Row | None) -> str:
    return f"{mention.because}, in {outer.name}" if outer is not None else mention.because
