"""Starting: without a screen, in a window, and by a double click on a package."""

from __future__ import annotations

import json
import shutil
import time
from contextlib import closing
from pathlib import Path

from installer.checking import looking
from installer.checking.installation import CLASS_KEY, NAME, TYPE_KEY, digest, read_only
from installer.checking.trial import Trial

GOAL_SECONDS = 20.0
_ARRIVAL_SECONDS = 60.0
_REGION, _UNIT = "999000", "999021"
_PROTECTED_MB = 100
# As a person might type it; no such report is there.
_CODE = "ABCD-EFGH-JKLM-NPQR"


def start_offscreen(trial: Trial) -> None:
    """The first page drawn without a screen by the installed interpreter."""
    picture = trial.protocol.picture("first_page_offscreen")
    inside = trial.wine.drive / "first.png"
    said = json.loads(trial.script("offscreen.py", inside, seconds=120))
    inside.replace(picture)
    trial.protocol.that(
        "the first page is drawn offscreen", said["saved"] and picture.stat().st_size > 20_000, said
    )
    trial.protocol.that("its title is the program's", said["title"] == NAME, said)


def start_in_window(trial: Trial) -> None:
    """By the program's own exe: a window with its title, in time, and nothing in the log but that it started."""
    protocol = trial.protocol
    running, window, seconds = trial.open()
    protocol.that("a window comes", window is not None, running.complained[-3:])
    if window is None:
        running.kill()
        return
    protocol.facts["window_seconds"] = seconds
    protocol.that(f"within {GOAL_SECONDS:.0f} s", seconds < GOAL_SECONDS, f"{seconds} s")
    protocol.that("its title is the program's", window.title == NAME, window)
    time.sleep(2)
    trial.picture("first_page")
    protocol.that("it closes when asked", trial.close_program())
    ended = running.wait(15)
    protocol.that(
        "it ends with 0 and no traceback", ended.status == 0 and "Traceback" not in ended.err, ended
    )
    protocol.that("the version is noted as started", trial.here.has_started())
    log = trial.here.program_log()
    bad = [line for line in log.splitlines() if " ERROR " in line or "Traceback" in line]
    protocol.that("no fault in the log", "started" in log and not bad, bad[:3] or log[-200:])


def start_twice_compiled(trial: Trial) -> None:
    """A start writes nothing into the program's folder but its mark."""
    before = trial.here.files()
    with trial.program():
        pass
    trial.protocol.that("a start changes no file of the program", trial.here.files() == before)


def double_click(trial: Trial) -> None:
    """On an invitation: into the workspace that was open last, and into the running program; only one ever runs."""
    protocol, wine = trial.protocol, trial.wine
    invitation, plan = (
        trial.places["demo"] / "exchange" / "down" / f"柏河县_{n}.jbx" for n in ("邀请_1", "任务包_1")
    )
    county = trial.documents / "柏河县 工作区"
    trial.script("material.py", "county", county, _REGION, _UNIT, seconds=60)
    with trial.program("--workspace", county):
        pass
    protocol.that("the new workspace has no package yet", _inbox(county) == set(), _inbox(county))
    _lend_classes(trial)
    protocol.that("Windows knows what opens a package", looking.double_click(wine, invitation))
    window = looking.wait_for(wine, looking.of_program, 60)
    protocol.that("a double click opens the program", window is not None)
    came = _comes(county, invitation)
    protocol.that("the package lies in the inbox of the workspace that was open last", came, county)
    trial.picture("double_click_on_invitation")
    looking.double_click(wine, plan)
    protocol.that("a second one is looked at in the same workspace", _comes(county, plan), county)
    trial.picture("second_double_click")
    programs = {w.process for w in looking.open_windows(wine) if looking.of_program(w)}
    protocol.that("by the program that ran already", len(programs) == 1, looking.open_windows(wine))
    protocol.that("it closes when asked", trial.close_program())


def _lend_classes(trial: Trial) -> None:
    """What setup wrote of the file type for this person, for all persons too: Wine 8 looks up types only there."""
    for key in (TYPE_KEY, CLASS_KEY):
        lent = trial.wine.drive / "lent.reg"
        trial.wine.run("reg", "export", key, "C:\\lent.reg", "/y", seconds=60)
        text = lent.read_bytes().decode("utf-16").replace("[HKEY_CURRENT_USER\\", "[HKEY_LOCAL_MACHINE\\")
        lent.write_bytes(text.encode("utf-16"))
        trial.wine.run("reg", "import", "C:\\lent.reg", seconds=60)
        lent.unlink()


def _comes(workspace: Path, package: Path) -> bool:
    """Whether the package is in the workspace's inbox before the time is over; then a moment more, for the page."""
    until = time.monotonic() + _ARRIVAL_SECONDS
    while digest(package) not in _inbox(workspace):
        if time.monotonic() > until:
            return False
        time.sleep(0.5)
    time.sleep(3)
    return True


def _inbox(workspace: Path) -> set[str]:
    """Digests of the packages that came."""
    with closing(read_only(workspace)) as database:
        return {row[0] for row in database.execute("SELECT digest FROM inbox")}


def show_pages(trial: Trial) -> None:
    """Pictures of the filling page and of the city's overview, from the program's own sample."""
    sample = trial.documents / "示例"
    trial.script("material.py", "sample", sample, seconds=180)
    trial.places |= {"county": sample / "县级" / "柏河县", "city": sample / "市级" / "云岭市"}
    for name, title in (("county", "filling_page"), ("city", "overview_of_the_city")):
        with trial.program("--workspace", trial.places[name]) as window:
            time.sleep(2)
            trial.picture(title)
            trial.protocol.that(f"{title} is shown", NAME in window.title or window.title != "", window)


def open_protected(trial: Trial) -> None:
    """A workspace on a share or stick that can only be read: said in words, by the window and by the command."""
    protocol, wine = trial.protocol, trial.wine
    place = trial.documents / "只读的盘"
    if not wine.mount(place, _PROTECTED_MB):
        protocol.that("a disk that can only be read", None, "no file system can be mounted here")
        return
    workspace = place / "柏河县"
    shutil.copytree(trial.places["county"], workspace)
    wine.protect(place)
    asked = wine.run(trial.here.commands, "verify", "--code", _CODE, "--workspace", workspace, seconds=60)
    protocol.that(
        "the command says that the disk is protected",
        asked.status != 0 and "写保护" in asked.err and "Traceback" not in asked.err,
        asked,
    )
    before = len(trial.here.program_log())
    running, window, _ = trial.open("--workspace", workspace)
    protocol.that("a window comes", window is not None)
    time.sleep(4)
    trial.picture("a_workspace_on_a_protected_disk")
    wine.press("Escape")
    time.sleep(1)
    protocol.that("it closes when asked", trial.close_program() and running.wait(30).status == 0)
    said = trial.here.program_log()[before:]
    protocol.that("no fault in the log", "Traceback" not in said and " ERROR " not in said, said[-300:])
    wine.unmount(place)
    place.rmdir()


def look_at_deep_folder(trial: Trial) -> None:
    """Before anything is made in a folder too deep for what this Windows takes, it is said."""
    folder = trial.documents.joinpath(*["很深的文件夹"] * 30)
    said, longest, added = trial.script("material.py", "deep", folder, seconds=90).split()
    needed = len(trial.wine.windows(folder)) + int(added)
    wanted = "fits" if needed <= int(longest) else "folder_too_deep"
    trial.protocol.that(
        "it is said whether a path so long can be used", said == wanted, (said, needed, longest)
    )
