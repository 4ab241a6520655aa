"""What a command costs: time on the clock, time of the processor, and the most memory that it and its children held."""

import os
import subprocess
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

EVERY = 0.1  # seconds between two looks at the memory
TICK = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Cost:
    """Seconds on the clock, seconds of the processor, and bytes of memory at the most."""

    seconds: float
    processor: float
    memory: int


def run(command: Sequence[str], cores: Sequence[int], environment: Mapping[str, str]) -> Cost:
    """Run a command on some cores of this machine; raises `RuntimeError` with what it said where it fails."""
    before = os.times()
    begun = time.perf_counter()
    running = subprocess.Popen(
        ["taskset", "-c", ",".join(map(str, cores)), *command], env={**os.environ, **environment},
        stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, start_new_session=True,
    )  # fmt: skip
    memory = _Watch(running.pid)
    _, said = running.communicate()
    seconds = time.perf_counter() - begun
    after = os.times()
    if running.returncode:
        raise RuntimeError(f"{' '.join(command)}\n{said.decode(errors='replace')[-2000:]}")
    processor = after.children_user + after.children_system - before.children_user - before.children_system
    return Cost(seconds, processor, memory.most())


@dataclass(frozen=True)
class Memory:
    """The memory of a session of processes, what they share counted once."""

    session: int

    def now(self) -> int:
        """Return the bytes that they hold."""
        return sum(map(_own, self._members()))

    def _members(self) -> list[Path]:
        found = []
        for path in Path("/proc").iterdir():
            if path.name.isdigit():
                try:
                    fields = (path / "stat").read_text().rpartition(")")[2].split()
                except OSError:
                    continue
                if int(fields[3]) == self.session:
                    found.append(path)
        return found


class _Watch:
    """Looks at the memory of a session of processes until it ends."""

    def __init__(self, session: int) -> None:
        self._memory, self._most, self._ended = Memory(session), 0, threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()

    def most(self) -> int:
        """Return the most that was seen, in bytes."""
        self._ended.set()
        self._thread.join()
        return self._most

    def _look(self) -> None:
        while not self._ended.wait(EVERY):
            self._most = max(self._most, self._memory.now())


def _own(process: Path) -> int:
    """Return the memory of a process, what it shares with others divided among them."""
    try:
        rollup = (process / "smaps_rollup").read_text()
    except OSError:
        return 0
    return sum(int(line.split()[1]) * 1024 for line in rollup.splitlines() if line.startswith("Pss:"))
