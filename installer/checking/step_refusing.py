"""What setup refuses, with its exit code, and that nothing is changed then. Runs before anything is installed."""

from __future__ import annotations

import shutil

from installer.checking import looking
from installer.checking.installation import KEYS, bare, registry
from installer.checking.trial import Trial
from installer.checking.wine import Ended

DAMAGED, TOO_OLD, NO_SPACE, UNFIT_FOLDER = 2, 10, 12, 14
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
    wine, place = trial.wine, trial.wine.folder / "small"
    if not wine.mount(place, _SMALL_MB):
        trial.protocol.that("a drive without room", None, "no small file system can be mounted here")
        return
    link = wine.folder / "dosdevices" / "f:"
    try:
        link.symlink_to(place)
        done = wine.run(trial.setup, "/S", "/D=F:\\蓝天季报", seconds=120)
        _refused(trial, f"a drive of {_SMALL_MB} MB", NO_SPACE, done)
    finally:
        link.unlink(missing_ok=True)
        wine.unmount(place)


def refuse_folders(trial: Trial) -> None:
    """A folder with other things in it, named in each way in which people name one with a blank, and one too deep."""
    wine, folder = trial.wine, "C:\\别的 东西"
    other = wine.linux(folder)
    other.mkdir()
    (other / "账本.txt").write_text("留着", encoding="utf-8")
    script = wine.drive / "install.bat"
    script.write_text(
        f'@"{wine.windows(trial.setup)}" /S /D="{folder}\\"\r\n@exit %errorlevel%\r\n', encoding="gbk"
    )
    ways = {
        "bare": (trial.setup, "/S", *bare("/D=", folder)),
        "quoted as a whole": (trial.setup, "/S", f"/D={folder}"),
        "quoted, with a last stroke": ("cmd", "/c", script),
    }
    for way, command in ways.items():
        _refused(trial, f"a folder with other things, {way}", UNFIT_FOLDER, wine.run(*command, seconds=120))
    script.unlink()
    trial.protocol.that("what lay there still does, alone", [p.name for p in other.iterdir()] == ["账本.txt"])
    long = "C:\\" + "很深的文件夹\\" * 25 + "蓝天季报"
    _refused(
        trial, "a path of 180 signs", UNFIT_FOLDER, wine.run(trial.setup, "/S", f"/D={long}", seconds=120)
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
