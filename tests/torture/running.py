"""Runs readers over damaged inputs and gathers what became of each."""

from __future__ import annotations

import json
import select
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from tests.torture.sources import ROOT

# Wall clock: a reader that is silent for so long hangs where no signal reaches it.
SILENCE = 90
ALLOWED = ("read", "refused")


@dataclass
class Tally:
    """What became of a run's inputs."""

    counts: Counter[str] = field(default_factory=Counter)
    codes: Counter[str] = field(default_factory=Counter)
    wrong: list[dict[str, object]] = field(default_factory=list)
    slowest: tuple[float, str] = (0.0, "")
    memory: int = 0

    def add(self, line: dict[str, object]) -> None:
        kind, detail, name = str(line["kind"]), str(line["detail"]), str(line["name"])
        form = name.rpartition(".")[2]
        self.counts[kind] += 1
        self.codes[f"{form} {detail if kind == 'refused' else kind}"] += 1
        self.slowest = max(self.slowest, (float(str(line["seconds"])), name))
        self.memory = max(self.memory, int(str(line["memory"])))
        if kind not in ALLOWED:
            self.wrong.append(line)

    def joined(self, other: Tally) -> None:
        self.counts += other.counts
        self.codes += other.codes
        self.wrong += other.wrong
        self.slowest = max(self.slowest, other.slowest)
        self.memory = max(self.memory, other.memory)


def run(
    count: int,
    seed: str,
    folder: Path,
    readers: int = 2,
    tell: Callable[[dict[str, object]], None] = lambda line: None,
) -> Tally:
    """Reads `count` inputs in that many processes; the files that went wrong stay in the folder."""
    with ThreadPoolExecutor(readers) as pool:
        tallies = pool.map(lambda at: _shard(seed, at, count, readers, folder, tell), range(readers))
        whole = Tally()
        for tally in tallies:
            whole.joined(tally)
    return whole


def _shard(
    seed: str, start: int, stop: int, step: int, folder: Path, tell: Callable[[dict[str, object]], None]
) -> Tally:
    """One reader after another, until every input of the shard was read; a new one follows on one that died."""
    tally = Tally()
    # The forms take turns: a step that shares a factor with them would give each reader its own forms.
    mine = list(range(start, stop, step))
    at = 0
    while at < len(mine):
        last = _one_reader(seed, mine[at], stop, step, folder, tally, tell)
        at = mine.index(last) + 1 if last in mine else len(mine)
    return tally


def _one_reader(
    seed: str,
    start: int,
    stop: int,
    step: int,
    folder: Path,
    tally: Tally,
    tell: Callable[[dict[str, object]], None],
) -> int:
    """Follows one process to its end; returns the last number that it took in hand."""
    command = [
        sys.executable,
        "-m",
        "tests.torture.reader",
        seed,
        str(start),
        str(stop),
        str(step),
        str(folder),
    ]
    begun, done = start - step, start - step
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as child:
        assert child.stdout is not None and child.stderr is not None
        while True:
            ready, _, _ = select.select([child.stdout], [], [], SILENCE)
            raw = child.stdout.readline() if ready else b""
            if not raw:
                break
            line = json.loads(raw)
            if "begun" in line:
                begun = line["begun"]
                continue
            done = line["number"]
            tally.add(line)
            tell(line)
        child.kill()
        said = child.stderr.read().decode(errors="replace")[-2000:]
    if begun == start - step:
        raise RuntimeError(said)
    if done != begun:
        name = next((p.name for p in folder.glob(f"{begun}.*")), str(begun))
        line = {
            "number": begun,
            "name": name,
            "kind": "died",
            "detail": said or "silent",
            "seconds": SILENCE,
            "memory": 0,
        }
        tally.add(line)
        tell(line)
    return begun
