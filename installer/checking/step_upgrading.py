"""From one version to the next: by the pages, while the old one runs, back when the new one does not start."""

from __future__ import annotations

import shutil
import time
from contextlib import closing
from pathlib import Path

from installer.checking import looking, step_full_disk
from installer.checking.installation import (
    OWN_KEY,
    SETUP_SECONDS,
    Installation,
    Versions,
    read_only,
    registry,
)
from installer.checking.looking import Window
from installer.checking.trial import Trial

DOWNGRADE, STILL_OPEN = 11, 13
LAST = "月底前可以完成。"
WORDS = "城关镇拆除小锅炉3台，其余在拆。"
MORE = "又签合同2份。"
# On the filling page: the field of the progress.
FIELD = (700, 350)
# On the start page: the button that asks for another folder.
OTHER_FOLDER = (876, 234)
_HALF_LAID = 300
_REMOVAL_SECONDS = 60.0


def install_by_pages(trial: Trial) -> None:
    """The lower-numbered twin, page by page as a person does it; a picture of each. Its folder is a disk of its own."""
    wine, protocol = trial.wine, trial.protocol
    step_full_disk.make_room(trial)
    running = wine.start(trial.older)
    seen: list[str] = []
    until = time.monotonic() + SETUP_SECONDS
    while time.monotonic() < until and running.process.poll() is None:
        page = looking.wait_for(wine, looking.is_message, 10)
        if page is None:
            break
        said = looking.words(wine, page)
        if said and said not in seen:
            seen.append(said)
            looking.front(wine, page)
            time.sleep(1)
            trial.picture("setup_page")
            is_working = "正在" in said and "下一步" not in said
            if not is_working:
                wine.press("Return")
        time.sleep(1)
    protocol.that("setup ends by its pages", running.wait(5).status == 0, [text[:80] for text in seen])
    protocol.that("there were its pages", len(seen) >= 5, [text.splitlines()[:3] for text in seen])
    window = looking.wait_for(wine, looking.of_program, 60)
    protocol.that("the last page starts the program", window is not None)
    trial.close_program()
    trial.here.folder = registry(wine, OWN_KEY).get("\\InstallDir", trial.here.folder)
    protocol.that("the twin is installed", bool(trial.here.versions().version), trial.here.versions())


def refuse_with_a_dialog_open(trial: Trial) -> None:
    """The program does not close while a dialog is open: setup gives up after a minute, without a word and a change."""
    wine, protocol, here = trial.wine, trial.protocol, trial.here
    before = here.versions()
    with trial.program():
        wine.click(*OTHER_FOLDER)
        dialog = looking.wait_for(wine, lambda w: looking.is_message(w) or w.title == "选文件夹", 15)
        time.sleep(1)
        trial.picture("a_dialog_is_open")
        protocol.that("a dialog is open", dialog is not None, looking.open_windows(wine))
        done = here.setup(trial.setup)
        protocol.that(
            f"setup gives up with {STILL_OPEN}",
            done.status == STILL_OPEN,
            f"exit {done.status}, {done.seconds} s",
        )
        protocol.that(
            "nothing is changed",
            (here.versions(), here.folders()) == (before, [before.current]),
            here.folders(),
        )
        protocol.that(
            "the program still runs", any(looking.of_program(w) for w in looking.open_windows(wine))
        )
        wine.press("Escape")
        time.sleep(1)


def cut_the_power(trial: Trial) -> None:
    """Everything ends while files are laid over the old version: that one still starts."""
    wine, protocol, here = trial.wine, trial.protocol, trial.here
    before = here.versions()
    wine.start(trial.setup, "/S")
    until = time.monotonic() + SETUP_SECONDS
    half: list[Path] = []
    while len(half) < _HALF_LAID and time.monotonic() < until:
        time.sleep(0.2)
        half = [
            p
            for name in here.folders()
            if name != before.current
            for p in (here.root / "versions" / name).rglob("*")
        ]
    wine.kill()
    protocol.that("files of the new version lie there in part", len(half) >= _HALF_LAID, len(half))
    protocol.that("the old version is the one that runs", here.versions() == before, here.versions())
    with trial.program() as window:
        protocol.that("and it starts", looking.of_program(window), window)


def upgrade_while_it_runs(trial: Trial) -> None:
    """Words are being typed into the old version when the new one is installed."""
    wine, protocol, here = trial.wine, trial.protocol, trial.here
    county = trial.places["county"]
    old = here.versions()
    before = _facts(county)
    running, window, _ = trial.open("--workspace", county)
    protocol.that("the old version opens its workspace", window is not None)
    time.sleep(4)
    _type(trial, window, WORDS)
    time.sleep(2)
    trial.picture("typed_into_the_old_version")
    protocol.that("what was typed is stored", _holds(county, WORDS), WORDS)
    _type(trial, window, MORE, click=False)
    done = here.setup(trial.setup)
    protocol.facts["upgrading_seconds"] = done.seconds
    protocol.that("setup over it ends with 0", done.status == 0, f"exit {done.status}\n{here.log()[-500:]}")
    ended = running.wait(10)
    protocol.that("the running program was closed in order", ended.status == 0, ended)
    protocol.that("what was typed the moment before is stored", _holds(county, WORDS + MORE), MORE)
    now = here.versions()
    wanted = Versions(now.current, now.version, old.current, old.version)
    protocol.that(
        "the new version runs next, the old one is kept", now == wanted and now.version != old.version, now
    )
    wanted_folders = sorted([old.current, now.current])
    protocol.that(
        "both lie there, and nothing of one that broke off", here.folders() == wanted_folders, here.folders()
    )
    protocol.that(
        "the list of programs has the new number", registry(wine, OWN_KEY).get("\\Version") == now.version
    )
    _start_new(trial, county, old, before)


def _start_new(trial: Trial, county: Path, old: Versions, before: dict[str, int]) -> None:
    protocol, here = trial.protocol, trial.here
    with trial.program("--workspace", county):
        time.sleep(4)
        trial.picture("the_new_version_with_the_old_workspace")
        protocol.that("the new version is noted as started", here.has_started())
        protocol.that("the old version goes then", _comes_to(here, [here.versions().current]), here.folders())
        protocol.that(
            "there is nothing to go back to any more", not here.versions().previous, here.versions()
        )
    protocol.that("the words are there", _holds(county, WORDS + MORE))
    after = _facts(county)
    protocol.that(
        "the workspace is as it was", all(after[table] >= before[table] for table in before), (before, after)
    )
    with closing(read_only(county)) as database:
        sound = database.execute("PRAGMA integrity_check").fetchone()[0]
    protocol.that("its database is sound", sound == "ok", sound)


def end_the_session(trial: Trial) -> None:
    """Windows is shut down while somebody types: nothing is lost, and no question holds it up."""
    wine, protocol, county = trial.wine, trial.protocol, trial.places["county"]
    running, window, _ = trial.open("--workspace", county)
    time.sleep(4)
    _type(trial, window, LAST)
    ended = wine.run("wineboot", "--end-session", seconds=60)
    protocol.that("the session ends", ended.status == 0, ended)
    protocol.that("the program ends with it", running.wait(30).status is not None)
    wine.settle()
    with trial.program("--workspace", county):
        time.sleep(4)
        trial.picture("after_the_session_ended")
    protocol.that("what was typed the moment before is there", _holds(county, LAST), LAST)


def repair(trial: Trial) -> None:
    """The same version again: laid beside, and the only one after its first start."""
    protocol, here = trial.protocol, trial.here
    before = here.versions()
    done = here.setup(trial.setup)
    now = here.versions()
    protocol.that(
        "the same version again is laid beside", done.status == 0 and now.previous == before.current, now
    )
    with trial.program():
        is_alone = now.current != before.current and _comes_to(here, [now.current])
        protocol.that("after its start it is the only one", is_alone, here.folders())


def refuse_downgrade(trial: Trial) -> None:
    """The twin over the newer version."""
    before = trial.here.versions()
    done = trial.here.setup(trial.older)
    trial.protocol.that(
        f"an older setup is refused with {DOWNGRADE}", done.status == DOWNGRADE, f"exit {done.status}"
    )
    trial.protocol.that("nothing is changed", trial.here.versions() == before, trial.here.versions())


def fall_back(trial: Trial) -> None:
    """A version that was damaged before its first start: the one before it comes back, and says so."""
    wine, protocol, here = trial.wine, trial.protocol, trial.here
    good = here.versions()
    done = here.setup(trial.setup)
    bad = here.versions()
    protocol.that(
        "the same version again is laid beside", done.status == 0 and bad.previous == good.current, bad
    )
    package = here.root / "versions" / bad.current / "app" / "desktop" / "views"
    shutil.rmtree(package)
    running = wine.start(here.program)
    box = looking.wait_for(wine, looking.is_message, 60)
    said = looking.words(wine, box) if box else ""
    trial.picture("a_damaged_version_falls_back")
    protocol.that("it is said that the version before runs again", good.version in said, said)
    wine.press("Return")
    window = looking.wait_for(wine, looking.of_program, 60)
    protocol.that("and its window comes", window is not None)
    running.wait(15)
    now = here.versions()
    protocol.that("it is the version that runs", (now.current, now.previous) == (good.current, ""), now)
    protocol.that("the damaged one is gone", _comes_to(here, [good.current]), here.folders())
    trial.close_program()


def _comes_to(here: Installation, folders: list[str]) -> bool:
    """Whether only these versions lie there before the time is over: thousands of files take a moment to go."""
    until = time.monotonic() + _REMOVAL_SECONDS
    while here.folders() != folders:
        if time.monotonic() > until:
            return False
        time.sleep(0.5)
    return True


def _type(trial: Trial, window: Window | None, words: str, click: bool = True) -> None:
    if window is None:
        raise RuntimeError("no window to type into")
    if click:
        looking.front(trial.wine, window)
        trial.wine.click(*FIELD)
        time.sleep(0.5)
        trial.wine.press("ctrl+End")
    looking.type_words(trial.wine, words)


def _holds(workspace: Path, words: str) -> bool:
    """Whether an entry has these words."""
    with closing(read_only(workspace)) as database:
        return any(words in row[0] for row in database.execute("SELECT progress FROM entry"))


def _facts(workspace: Path) -> dict[str, int]:
    """How many rows each table has."""
    with closing(read_only(workspace)) as database:
        names = [row[0] for row in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {name: database.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in names}
