#!/usr/bin/env python3
"""The gate: figures against gold may not fall under their pinned floors.

    python eval/gate.py            check
    python eval/gate.py --pin      raise floors to what is measured, and accept changed data
    python eval/gate.py --lower    lower the floors that are not reached

Exit code 0 where every floor holds, 1 where one does not. A set without its data is skipped, and said so.
"""

import argparse
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from math import floor
from pathlib import Path
from typing import Any

from katanya.batch.goldfile import predict, read_gold
from katanya.batch.scoring import score

FLOORS = Path(__file__).with_name("floors.toml")
HEAD = "# F1 floors. Written by eval/gate.py: --pin raises them, --lower lowers them.\n"

Records = list[dict[str, Any]]
Predict = Callable[[Records], dict[str, dict[str, Any]]]


@dataclass
class Pinned:
    """A set of gold files with the digest of their bytes and the floors of their figures."""

    name: str
    gold: str
    sha256: str
    floors: dict[str, float]
    paths: list[Path] = field(default_factory=list)

    @property
    def digest(self) -> str:
        """The SHA-256 of all files, one after the other."""
        total = sha256()
        for path in self.paths:
            total.update(path.read_bytes())
        return total.hexdigest()


def load(path: Path) -> list[Pinned]:
    """Read the floors; ``gold`` is a pattern seen from their folder."""
    tables = tomllib.loads(path.read_text(encoding="utf-8"))
    sets = [Pinned(name, table["gold"], table["sha256"], table["floors"]) for name, table in tables.items()]
    for pinned in sets:
        folder, _, pattern = pinned.gold.rpartition("/")
        pinned.paths = sorted((path.parent / folder).glob(pattern))
    return sets


def save(path: Path, sets: list[Pinned]) -> None:
    """Write the floors back."""
    path.write_text(HEAD + "".join(map(_table, sets)), encoding="utf-8")


def check(pinned: Pinned, predict: Predict, *, pin: bool, lower: bool) -> Iterator[str]:
    """Measure one set, move its floors where that is asked for, and yield what is wrong."""
    if not pinned.paths:
        print(f"{pinned.name}: SKIPPED, there is no {pinned.gold}")
        return
    digest = pinned.digest
    if digest != pinned.sha256:
        if not pin:
            yield f"{pinned.name}: the data is not what the floors were pinned on (--pin accepts it)"
        else:
            pinned.sha256 = digest
    gold = [article for path in pinned.paths for article in read_gold(path)]
    figures = score(gold, predict(gold)).figures
    print(f"{pinned.name}: {len(gold)} articles")
    for name, least in pinned.floors.items():
        if name not in figures:
            yield f"{pinned.name}: the scorer knows no figure '{name}'"
            continue
        f1 = figures[name].f1
        if (pin and f1 > least) or (lower and f1 < least):
            pinned.floors[name] = least = floor(f1 * 1000) / 1000
        print(f"  {name:24}{f1:7.3f}  floor {least:5.3f}  {'ok' if f1 >= least else 'FELL'}")
        if f1 < least:
            yield f"{pinned.name}: {name} is {f1:.4f}, under its floor of {least}"


def main(arguments: list[str] | None = None, predict: Predict = predict) -> int:
    """Run the gate and return its exit code."""
    parser = argparse.ArgumentParser(description="The gate: figures may not fall under their pinned floors.")
    parser.add_argument("--pin", action="store_true", help="raise floors, accept changed data")
    parser.add_argument("--lower", action="store_true", help="lower the floors that are not reached")
    parser.add_argument("--floors", type=Path, default=FLOORS)
    chosen = parser.parse_args(arguments)
    sets = load(chosen.floors)
    faults = [
        fault for pinned in sets for fault in check(pinned, predict, pin=chosen.pin, lower=chosen.lower)
    ]
    if chosen.pin or chosen.lower:
        save(chosen.floors, sets)
    print(*(f"GATE: {fault}" for fault in faults or ["every floor holds"]), sep="\n")
    return 1 if faults else 0


def _table(pinned: Pinned) -> str:
    floors = "".join(f'"{name}" = {least}\n' for name, least in pinned.floors.items())
    name, head = pinned.name, f'gold = "{pinned.gold}"\nsha256 = "{pinned.sha256}"\n'
    return f"\n[{name}]\n{head}\n[{name}.floors]\n{floors}"


if __name__ == "__main__":
    raise SystemExit(main())
