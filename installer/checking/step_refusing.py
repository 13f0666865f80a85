"""What setup refuses, with its exit code, and that nothing is changed then. Runs before anything is installed."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from installer.checking import looking
from installer.checking.installation import KEYS, registry
from installer.checking.trial import Trial
from installer.checking.wine import Ended

DAMAGED, TOO_OLD, NO_SPACE, UNFIT_FOLDER = 2, 10, 12, 14
_SMALL_DRIVE = "f:"
_SMALL_MB = 60


def refuse_old_windows(trial: Trial) -> None:
    """Windows 7: refused without a word by its exit code, and in plain words where somebody looks."""
    wine = trial.wine
    wine.run("winecfg", "-v", "win7", seconds=60)
    try:
        _refused(trial, "Windows 7", TOO_OLD, trial.here.setup(trial.setup))
        running = wine.start(trial.setup)
        box = looking.wait_for(wine, looking.is_message, 60)
        said = looking.words(wine, box) if box else ""
        trial.picture("setup_on_windows_7")
        trial.protocol.that("it says which Windows is wanted", "Windows 10" in said, said)
        wine.press("Return")
        trial.protocol.that("and ends with the same code", running.wait(20).status == TOO_OLD)
    finally:
        wine.run("winecfg", "-v", "win10", seconds=60)


def refuse_little_space(trial: Trial) -> None:
    """A drive of 60 MB."""
    with _small_drive(trial) as is_there:
        if not is_there:
            trial.protocol.that("a drive without room", None, "no small file system can be mounted here")
            return
        done = trial.wine.run(trial.setup, "/S", "/D=F:\\蓝天季报", seconds=120)
        _refused(trial, "a drive of 60 MB", NO_SPACE, done)


def refuse_folders(trial: Trial) -> None:
    """A folder with other things in it, and one with too long a path."""
    other = trial.wine.drive / "别的东西"
    other.mkdir()
    (other / "账本.txt").write_text("留着", encoding="utf-8")
    _refused(
        trial,
        "a folder with other things",
        UNFIT_FOLDER,
        trial.wine.run(trial.setup, "/S", "/D=C:\\别的东西", seconds=120),
    )
    trial.protocol.that("what lay there still does, alone", [p.name for p in other.iterdir()] == ["账本.txt"])
    long = "C:\\" + "很深的文件夹\\" * 25 + "蓝天季报"
    _refused(
        trial,
        "a path of 180 signs",
        UNFIT_FOLDER,
        trial.wine.run(trial.setup, "/S", f"/D={long}", seconds=120),
    )


def refuse_damaged(trial: Trial) -> None:
    """One byte of the setup is another: nothing is unpacked."""
    damaged = trial.wine.folder / "damaged-setup.exe"
    shutil.copyfile(trial.setup, damaged)
    with damaged.open("r+b") as file:
        file.seek(damaged.stat().st_size // 2)
        byte = file.read(1)
        file.seek(-1, 1)
        file.write(bytes([byte[0] ^ 1]))
    _refused(trial, "a damaged setup", DAMAGED, trial.here.setup(damaged))
    damaged.unlink()


def _refused(trial: Trial, what: str, code: int, done: Ended) -> None:
    trial.protocol.that(
        f"{what}: refused with {code}", done.status == code, f"exit {done.status} {done.err[-200:]}"
    )
    left = [key for key in KEYS if registry(trial.wine, key)]
    trial.protocol.that(f"{what}: nothing is installed", not trial.here.root.exists() and not left, left)


@contextmanager
def _small_drive(trial: Trial) -> Iterator[bool]:
    """A drive F: of a few megabytes; False where none can be made."""
    place = trial.wine.folder / "small"
    place.mkdir()
    link = trial.wine.folder / "dosdevices" / _SMALL_DRIVE
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={_SMALL_MB}m", "tmpfs", str(place)],
        capture_output=True,
        check=False,
    )
    if mounted.returncode:
        yield False
        return
    try:
        link.symlink_to(place)
        yield True
    finally:
        link.unlink(missing_ok=True)
        subprocess.run(["umount", "-l", str(Path(place))], capture_output=True, check=False)
