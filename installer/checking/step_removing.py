"""Uninstalling: the program goes, workspaces stay; with the switch they go too."""

from __future__ import annotations

import time

from installer.checking import looking
from installer.checking.installation import KEYS, SETUP_SECONDS, registry
from installer.checking.trial import Trial


def remove(trial: Trial) -> None:
    """Without a word, workspaces kept."""
    before = _lying(trial)
    done = trial.here.uninstall()
    trial.protocol.that(
        "uninstall.exe /S ends with 0", done.status == 0, f"exit {done.status}, {done.seconds} s"
    )
    _nothing_left(trial)
    trial.protocol.that("the workspace is as it was", before == _lying(trial), len(before))


def remove_with_workspaces(trial: Trial) -> None:
    """With /WORKSPACES after the workspaces were opened on this computer: nothing at all."""
    opened = [trial.places["county"], trial.places["city"]]
    for folder in opened:
        with trial.program("--workspace", folder):
            time.sleep(1)
    kept = opened[0].parent / "不是工作区的东西.txt"
    kept.write_text("留着", encoding="utf-8")
    done = trial.here.uninstall("/WORKSPACES")
    trial.protocol.that(
        "uninstall.exe /S /WORKSPACES ends with 0",
        done.status == 0,
        f"exit {done.status}\n{trial.here.log()[-300:]}",
    )
    _nothing_left(trial)
    left = [str(p) for folder in opened if folder.exists() for p in folder.rglob("*")]
    trial.protocol.that("nothing of the opened workspaces is left", not left, left[:5])
    trial.protocol.that("what is no workspace stays", kept.exists())


def picture_of_removing(trial: Trial) -> None:
    """The uninstaller's page, then given up."""
    running = trial.wine.start(trial.here.folder + r"\uninstall.exe")
    page = looking.wait_for(trial.wine, looking.is_message, 60)
    time.sleep(2)
    trial.picture("uninstaller")
    said = looking.words(trial.wine, page) if page else ""
    trial.protocol.that("the uninstaller says that workspaces stay", "默认保留" in said, said)
    trial.wine.press("Escape")
    time.sleep(1)
    trial.wine.press("Return")
    running.wait(20)
    trial.protocol.that("given up, it removes nothing", bool(trial.here.versions().current), SETUP_SECONDS)


def _nothing_left(trial: Trial) -> None:
    here, protocol = trial.here, trial.protocol
    protocol.that(
        "the program's folder is gone", not here.root.exists(), [str(p) for p in here.root.rglob("*")][:5]
    )
    keys = [key for key in KEYS if registry(trial.wine, key)]
    protocol.that("its keys are gone", not keys, keys)
    links = [str(p) for p in here.shortcuts if p.exists()]
    protocol.that("its shortcuts are gone", not links, links)
    protocol.that("settings and logs are gone", not here.user.exists(), [p.name for p in here.user.rglob("*")][:5] if here.user.exists() else "")  # fmt: skip


def _lying(trial: Trial) -> dict[str, int]:
    return {
        str(p.relative_to(trial.wine.drive)): p.stat().st_size
        for p in trial.places["county"].rglob("*")
        if p.is_file()
    }
