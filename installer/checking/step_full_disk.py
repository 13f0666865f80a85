"""An upgrade on a disk that others fill up meanwhile: it is undone, and the old version starts."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from installer.checking import looking
from installer.checking.installation import SETUP_SECONDS
from installer.checking.trial import Trial

NO_SPACE = 12
# Two versions and what an upgrade asks for beforehand.
_DISK_MB = 1000
_LEFT_MB = 300
_HALF_LAID = 300
_PIECE = 1 << 20


def make_room(trial: Trial) -> None:
    """The folder in which setup makes its own becomes a small disk; where none can be mounted, the steps here say so."""
    trial.wine.mount(_disk(trial), _DISK_MB)


def fill_while_laying(trial: Trial) -> None:
    """Some hundred files of the new version lie there when nothing more can be written."""
    _fill(trial, lambda new: len(list(new.rglob("*"))) >= _HALF_LAID)


def fill_while_compiling(trial: Trial) -> None:
    """All files lie there, and some are compiled."""
    _fill(trial, lambda new: any(new.rglob("*.pyc")))


def _fill(trial: Trial, is_time: Callable[[Path], bool]) -> None:
    protocol, here, disk = trial.protocol, trial.here, _disk(trial)
    if not disk.is_mount():
        protocol.that("a disk that becomes full", None, "no small file system can be mounted here")
        return
    before, ballast = here.versions(), disk / "ballast"
    programs = {p.name: p.read_bytes() for p in here.root.iterdir() if p.is_file()}
    with ballast.open("wb") as file:
        _grow(file.fileno(), _free(disk) - _LEFT_MB * 1_000_000)
        running = trial.wine.start(trial.setup, "/S")
        until = time.monotonic() + SETUP_SECONDS
        new: list[Path] = []
        while not any(map(is_time, new)) and running.process.poll() is None and time.monotonic() < until:
            time.sleep(0.1)
            new = [here.root / "versions" / name for name in here.folders() if name != before.current]
        while running.process.poll() is None and time.monotonic() < until:
            _grow(file.fileno(), _free(disk))
            time.sleep(0.02)
    done = running.wait(10)
    protocol.that(f"setup gives up with {NO_SPACE}", done.status == NO_SPACE, f"{done}\n{here.log()[-600:]}")
    protocol.that("of the new version nothing is left", here.folders() == [before.current], here.folders())
    now = {p.name: p.read_bytes() for p in here.root.iterdir() if p.is_file()}
    protocol.that(
        "the old one and its programs are as they were",
        (here.versions(), now) == (before, programs),
        sorted(now),
    )
    ballast.unlink()
    with trial.program() as window:
        protocol.that("and it starts", looking.of_program(window), window)


def _disk(trial: Trial) -> Path:
    return trial.wine.home / "AppData" / "Local" / "Programs"


def _free(disk: Path) -> int:
    found = os.statvfs(disk)
    return found.f_bavail * found.f_frsize


def _grow(file: int, size: int) -> None:
    """Makes the file larger by what there is of so many bytes; what was taken is not given back, as fallocate would."""
    with suppress(OSError):
        while size > 0:
            size -= os.write(file, bytes(min(size, _PIECE)))
