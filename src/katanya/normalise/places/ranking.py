"""Which of the places that bear a name is meant, by what the article says beside it and elsewhere."""

import math
from collections import Counter
from collections.abc import Sequence

from katanya.normalise.places.gazetteer import HIGHER, LOWEST, TOWN, Gazetteer, Row, encloses, kilometres
from katanya.normalise.places.mentions import KEPT, PROPER, SMALL, Mention

PRIOR = {
    "country": 6.0, "continent": 6.0, "capital": 5.0, "province": 5.0, "city": 4.5, "palace": 5.0, "region": 4.0,
    "island": 4.0, "state": 3.5, "regency": 3.5, TOWN: 0.0,
}  # fmt: skip
OTHER = 3.0  # prior of the kinds that are not named
ENCLOSED = 8.0  # the place that it lies in is named beside it
TOLD, MISTOLD = 6.0, -3.0  # the word for its kind fits, or does not
SETTLED = ("city", "capital", TOWN, "regency")  # what *kota* fits
COUNTRY, REGION, NEAR = 1.5, 1.0, 1.0  # the article names the country, the province, a place nearby
SETTLED_COUNTRY = 5.0  # the article names the country of a town: more than any town's size
NEARBY = 120.0  # km
HOME = 0.5  # lies in the country that the paper writes from
AROUND = 60.0  # km within which a small place lies around the seat of the regency that encloses it


class Ranker:
    """Chooses among the places of a name."""

    def __init__(self, gazetteer: Gazetteer, home: str) -> None:
        self._gazetteer = gazetteer
        self._home = home

    def choose(self, mentions: Sequence[Mention], outers: Sequence[int | None]) -> None:
        """Set ``row`` and ``outer`` of each mention; ``outers`` are the mentions that are said to enclose each."""
        countries, regions, sure = self._elsewhere(mentions)
        for index in range(len(mentions) - 1, -1, -1):  # what encloses stands behind what it encloses
            mention = mentions[index]
            at = outers[index]
            outer = mentions[at].row or mentions[at].outer if at is not None else None
            if outer is None and mention.kind in SMALL:
                outer = self._around(mentions, sure, index)
                if outer is not None and mention.domestic and outer.country != self._home:
                    outer = None
            mention.outer = outer
            rows = [self._gazetteer.row(number) for number in mention.rows]
            near = self._around(mentions, sure, index) if len(rows) > 1 and outer is None else None
            if mention.kind in SMALL and outer is not None:
                rows = [row for row in rows if _lies_in(row, outer)]
            if rows:
                others = countries - Counter([sure[index].country or ""]) if index in sure else countries
                mention.row = max(rows, key=lambda row: self._score(row, mention, outer, near, others, regions))
                if mention.reading in (KEPT, PROPER) and mention.kind != "island" and mention.row.rank < LOWEST:
                    mention.row, mention.outer = None, outer or mention.row  # a river is not the city of that name

    def _score(
        self,
        row: Row,
        mention: Mention,
        outer: Row | None,
        near: Row | None,
        countries: Counter[str],
        regions: Counter[str],
    ) -> float:
        score = PRIOR.get(row.kind, OTHER)
        if row.population:
            score += math.log10(row.population) / 2
        if row.country == self._home:
            score += HOME
        if row.country and countries[row.country]:
            score += SETTLED_COUNTRY if row.kind in SETTLED else COUNTRY
        if row.region and regions[row.region]:
            score += REGION
        if near is not None and near.rank > row.rank - 2 and kilometres(near, row) < NEARBY:
            score += NEAR
        if outer is not None and encloses(outer, row):
            score += ENCLOSED
        if mention.kind:
            fits = row.kind == mention.kind or (mention.kind == "city" and row.kind in SETTLED)
            fits = fits or (mention.kind in SMALL and row.kind not in ("country", "province", "city"))
            score += TOLD if fits else MISTOLD
        return score

    def _elsewhere(self, mentions: Sequence[Mention]) -> tuple[Counter[str], Counter[str], dict[int, Row]]:
        """Return the countries and provinces that the article names beyond doubt, and which mentions name one place."""
        countries, regions = Counter[str](), Counter[str]()
        sure: dict[int, Row] = {}
        for index, mention in enumerate(mentions):
            ours = [number for number in mention.rows if not self._gazetteer.town(number)]
            rows = [self._gazetteer.row(number) for number in ours or mention.rows]
            if not rows or (not ours and len(rows) > 1):
                continue
            best = max(rows, key=lambda row: PRIOR.get(row.kind, OTHER) + row.population / 1e8)
            sure[index] = best
            if best.country:
                countries[best.country] += 1
            if best.region:
                regions[best.region] += 1
        return countries, regions, sure

    @staticmethod
    def _around(mentions: Sequence[Mention], sure: dict[int, Row], index: int) -> Row | None:
        """Return the place that a small one lies in by the order of the text: the regency or city named last."""
        for wanted in (("regency", "city"), HIGHER, ("country",)):
            for at in (*range(index - 1, -1, -1), *range(index + 1, len(mentions))):
                row = sure.get(at)
                if row is not None and row.kind in wanted:
                    return row
        return None


def _lies_in(row: Row, outer: Row) -> bool:
    if row.kind != TOWN and row.rank <= outer.rank:
        return row.name == outer.name
    if outer.rank >= 4:
        return kilometres(row, outer) < AROUND and row.country == outer.country
    return encloses(outer, row)
