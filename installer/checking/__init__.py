"""The check of the offline installer under Wine: from the refusals and the silent installation to the uninstallation.

Nothing of this package, least of all the stand-ins for what Wine lacks, is shipped.
"""

from __future__ import annotations

import shutil
import signal
import sys
import tempfile
import time
from pathlib import Path

from installer.checking import (
    step_full_disk,
    step_installing,
    step_refusing,
    step_removing,
    step_running,
    step_upgrading,
    step_working,
)
from installer.checking.installation import IDENTITY, Installation
from installer.checking.protocol import Protocol
from installer.checking.stand_ins import furnish
from installer.checking.trial import Trial
from installer.checking.wine import PACKAGES, SCREEN, missing_tools, windows

__all__ = ["PACKAGES", "main"]

PASSED, FAILED, IMPOSSIBLE = range(3)
STEPS = (
    ("refusing: old Windows", step_refusing.refuse_old_windows),
    ("refusing: little space", step_refusing.refuse_little_space),
    ("refusing: folders", step_refusing.refuse_folders),
    ("refusing: damaged setup", step_refusing.refuse_damaged),
    ("installing without a word", step_installing.install_silently),
    ("tree", step_installing.compare_tree),
    ("registry", step_installing.compare_registry),
    ("shortcuts", step_installing.compare_shortcuts),
    ("starting offscreen", step_running.start_offscreen),
    ("starting in a window", step_running.start_in_window),
    ("starting again", step_running.start_twice_compiled),
    ("main job", step_working.do_main_job),
    ("main job, judged outside", step_working.judge_results),
    ("a page of somebody else's PDF", step_working.draw_page),
    ("double click", step_running.double_click),
    ("pages of the program", step_running.show_pages),
    ("a workspace on a protected disk", step_running.open_protected),
    ("a workspace in a deep folder", step_running.look_at_deep_folder),
    ("uninstalling", step_removing.remove),
    ("installing the older twin by its pages", step_upgrading.install_by_pages),
    ("the disk is full while files are laid", step_full_disk.fill_while_laying),
    ("the disk is full while modules are compiled", step_full_disk.fill_while_compiling),
    ("a dialog is open", step_upgrading.refuse_with_a_dialog_open),
    ("power cut while files are laid", step_upgrading.cut_the_power),
    ("upgrading while it runs", step_upgrading.upgrade_while_it_runs),
    ("the session ends", step_upgrading.end_the_session),
    ("downgrading", step_upgrading.refuse_downgrade),
    ("repairing", step_upgrading.repair),
    ("falling back", step_upgrading.fall_back),
    ("uninstaller's page", step_removing.picture_of_removing),
    ("uninstalling with workspaces", step_removing.remove_with_workspaces),
)


def main(setup: Path, older_setup: Path, out: Path, only: str = "") -> int:
    """Runs the whole check; check.json, check.md and pictures go into the new folder `out`.

    `older_setup` is a setup of the same code with a lower version number. `only`: nothing but the steps whose names
    contain this (for work on the check itself). Returns 0 when everything passed, 1 when something did not, 2 when the
    check cannot be made here.
    """
    missing = missing_tools()
    if missing:
        print("not installed: " + ", ".join(missing), file=sys.stderr)  # noqa: T201
        return IMPOSSIBLE
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    protocol = Protocol(out)
    begun = time.monotonic()
    # Told to stop, it still ends what runs inside.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(FAILED))
    try:
        with (
            tempfile.TemporaryDirectory(prefix=f"{IDENTITY}-check-") as place,
            windows(Path(place) / "wine") as wine,
        ):
            stand_ins = furnish(wine, SCREEN)
            here = Installation(wine, wine.windows(wine.home) + r"\市县 单位\蓝天季报")
            trial = Trial(wine, here, protocol, setup.absolute(), older_setup.absolute(), stand_ins)
            for name, work in STEPS:
                if only in name:
                    with protocol.step(name):
                        work(trial)
    finally:
        protocol.facts["check_seconds"] = round(time.monotonic() - begun)
        protocol.write()
    return FAILED if protocol.failed else PASSED
