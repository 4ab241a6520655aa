"""Sightings of all articles to people: clusters of profiles, then the short names that lead to one of them."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from math import exp

from katanya.ledger.identity.likeness import COMPANION, FAR, PRIOR, Scorer
from katanya.ledger.identity.sightings import Profile, Sighting, profiles
from katanya.ledger.identity.words import Lexicon, Words
from katanya.ledger.linkage import Pair, components, linkage

CROWD = 150  # names that share a word, beyond which the word alone brings no two together
SURE = 0.9  # share of those whom a short name may mean
OTHERS = 0.02  # people unknown to the ledger who bear a name, for each of 100,000 names that holds its rarest word
AT_LEAST = 2  # sightings of somebody before a name alone leads there
MARGIN = 1.0  # beyond the prior that a profile must weigh to be compared by itself


@dataclass(slots=True)
class Person:
    """One human being: every sighting, in order of article and name."""

    sightings: list[Sighting]

    @property
    def name(self) -> str:
        """The name that most articles use, the longer one in a tie."""
        counts = Counter(sighting.name for sighting in self.sightings)
        return max(counts, key=lambda name: (counts[name], len(name), name))


def resolve(sightings: Iterable[Sighting], lexicon: Lexicon) -> list[Person]:
    """Return the people of some sightings, in order of their first sighting.

    A function of the set of sightings: the order in which articles were filed cannot matter.
    """
    found = profiles(sightings, lexicon, PRIOR + MARGIN)
    scorer = Scorer(lexicon)
    firm = [profile for profile in found if _weighs(profile, lexicon) >= PRIOR + MARGIN]
    clusters = _cluster([profile for profile in firm if len(profile.name) > 1], scorer)
    rest = _attach([profile for profile in firm if len(profile.name) == 1], clusters, scorer, lexicon)
    clusters += _cluster(rest, scorer)
    loose = [profile for profile in found if _weighs(profile, lexicon) < PRIOR + MARGIN]
    rest = _attach(loose, clusters, scorer, lexicon)
    clusters += _cluster(rest, scorer)
    people = [Person(sorted((one for profile in cluster for one in profile.sightings), key=lambda one: one.key))
              for cluster in clusters]
    return sorted(people, key=lambda person: person.sightings[0].key)


def _weighs(profile: Profile, lexicon: Lexicon) -> float:
    return profile.weight + lexicon.weigh_office(profile.office)


def _cluster(found: list[Profile], scorer: Scorer) -> list[list[Profile]]:
    """Cluster profiles by average linkage."""
    edges = _edges(found, scorer)
    near: dict[int, dict[Pair, float]] = defaultdict(dict)
    parts = components(len(found), edges)
    part_of = {number: at for at, part in enumerate(parts) for number in part}
    for (one, other), score in edges.items():
        if part_of[one] == part_of[other]:
            near[part_of[one]][one, other] = score
    clusters: list[list[Profile]] = []
    for at, part in enumerate(parts):
        groups = linkage(part, near[at], FAR) if len(part) > 1 else [part]
        clusters += [[found[number] for number in group] for group in groups]
    return clusters


def _edges(found: list[Profile], scorer: Scorer) -> dict[Pair, float]:
    """Score the pairs of profiles whose names can be one person's."""
    by_name: dict[Words, list[int]] = defaultdict(list)
    for number, profile in enumerate(found):
        by_name[profile.name].append(number)
    edges: dict[Pair, float] = {}
    for one, other in _candidates(by_name):
        names = scorer.names(one, other)
        if names is None:
            continue
        for low in by_name[one]:
            for high in by_name[other]:
                if one == other and low >= high:
                    continue
                a, b = found[low], found[high]
                score = names - PRIOR + scorer.beside(a, b)
                edges[min(low, high), max(low, high)] = max(FAR, score)
    return edges


def _candidates(names: Collection[Words]) -> Iterator[tuple[Words, Words]]:
    """Yield the pairs of names to compare, each once: those that share a rare word or two words, and equal ones."""
    by_word: dict[str, list[Words]] = defaultdict(list)
    by_pair: dict[tuple[str, str], list[Words]] = defaultdict(list)
    ordered = sorted(names)
    for name in ordered:
        words = sorted(set(name))
        for word in words:
            by_word[word].append(name)
        for at, word in enumerate(words):
            for second in words[at + 1 :]:
                by_pair[word, second].append(name)
    blocks = [block for block in by_word.values() if len(block) <= CROWD] + list(by_pair.values())
    seen: set[tuple[Words, Words]] = set()
    for block in blocks:
        for at, one in enumerate(block):
            for other in block[at + 1 :]:
                seen.add((one, other))
    for word, block in by_word.items():
        alone: Words = (word,)
        if len(block) > CROWD and alone in names:
            seen.update((alone, other) for other in block if other != alone)
    for name in ordered:
        yield name, name
    yield from sorted(seen)


def _attach(loose: list[Profile], clusters: list[list[Profile]], scorer: Scorer, lexicon: Lexicon) -> list[Profile]:
    """Put each profile that says too little by itself where its name most surely leads; return those left over."""
    index: dict[Words, Counter[int]] = defaultdict(Counter)
    for number, cluster in enumerate(clusters):
        for profile in cluster:
            for form, count in profile.forms.items():
                index[form][number] += count
    chosen: list[tuple[Profile, int]] = []
    rest: list[Profile] = []
    for profile in loose:
        leads_to = _leads_to(profile, clusters, index, scorer, lexicon)
        if leads_to is None:
            rest.append(profile)
        else:
            chosen.append((profile, leads_to))
    for profile, number in chosen:
        clusters[number].append(profile)
    return rest


def _leads_to(
    profile: Profile,
    clusters: list[list[Profile]],
    index: dict[Words, Counter[int]],
    scorer: Scorer,
    lexicon: Lexicon,
) -> int | None:
    """Return the cluster that a name alone leads to, where it is the only one or outweighs all others."""
    counts: Counter[int] = Counter()
    for form in profile.forms:
        counts |= index.get(form, Counter())
    if not counts:
        return None
    masses: dict[int, float] = {}
    for cluster, count in sorted(counts.items()):
        evidence = max(scorer.beside(profile, one) for one in clusters[cluster])
        masses[cluster] = count * exp(min(evidence, 2 * COMPANION))
    rarest = max(lexicon.name_weight(word) for word in profile.name)
    others = OTHERS * 100_000 * exp(-rarest)
    best = max(masses, key=lambda number: (masses[number], -number))
    enough = counts[best] >= AT_LEAST or masses[best] > COMPANION
    return best if enough and masses[best] >= SURE * (sum(masses.values()) + others) else None
