"""Installing without a word, and what lies on the computer then."""

from __future__ import annotations

import re

from installer.checking.installation import (
    CLASS_KEY,
    NAME,
    OWN_KEY,
    SETUP_SECONDS,
    TYPE_KEY,
    UNINSTALL_KEY,
    manifest_of,
    registry,
)
from installer.checking.stand_ins import strangers
from installer.checking.trial import Trial


def install_silently(trial: Trial) -> None:
    """Into a folder with a Chinese name and a blank, for a person whose keys came along from another computer; exit 0."""
    protocol, here = trial.protocol, trial.here
    for name, value in (("InstallDir", r"C:\不在这台 电脑上\蓝天季报"), ("Version", "9.9.9")):
        trial.wine.run("reg", "add", OWN_KEY, "/v", name, "/d", value, "/f", seconds=60)
    done = here.setup(trial.setup)
    protocol.facts["installing_seconds"] = done.seconds
    protocol.that(
        "setup /S ends with 0",
        done.status == 0,
        f"exit {done.status}, {done.seconds} s of {SETUP_SECONDS}\n{here.log()[-600:]}",
    )
    versions = here.versions()
    protocol.that(
        "current.ini names one version and none to go back to",
        bool(versions.current) and not versions.previous,
        versions,
    )
    flushed = re.search(r"on the disk: exit 0 (\d+) files, 0 kept", here.log())
    laid = [p for p in (here.root / "versions" / versions.current).glob("*/**/*") if p.is_file()]
    protocol.that(
        "every file was on the disk before it counted as installed",
        flushed is not None and int(flushed[1]) == len(laid),
        f"{len(laid)} files; {here.log()[-400:]}",
    )
    protocol.facts["version"] = versions.version
    protocol.facts["installed_mb"] = round(here.size() / 1e6, 1)
    protocol.facts["setup_mb"] = round(trial.setup.stat().st_size / 1e6, 1)


def compare_tree(trial: Trial) -> None:
    """Every file of the manifest with its digest, and no other; no stand-in of the test among them."""
    protocol = trial.protocol
    promised, found = manifest_of(trial.setup), trial.here.files()
    missing = sorted(promised.keys() - found.keys())
    more = sorted(found.keys() - promised.keys())
    differ = sorted(p for p in promised.keys() & found.keys() if promised[p] != found[p])
    protocol.facts["files"] = len(found)
    protocol.that("no file of the manifest is missing", not missing, missing[:5])
    protocol.that("no file lies there that the manifest does not have", not more, more[:5])
    protocol.that("every file has the manifest's digest", not differ, differ[:5])
    protocol.that("the manifest has files at all", len(promised) > 500, len(promised))
    strange = strangers(promised, trial.stand_ins) + strangers(found, trial.stand_ins)
    protocol.that("no stand-in of the test is shipped", not strange, strange)


def compare_registry(trial: Trial) -> None:
    """Own key, list of programs, file type: the values that Windows acts on."""
    protocol, here = trial.protocol, trial.here
    own, listed = registry(trial.wine, OWN_KEY), registry(trial.wine, UNINSTALL_KEY)
    type_, class_ = registry(trial.wine, TYPE_KEY), registry(trial.wine, CLASS_KEY)
    version = here.versions().version
    protocol.that("own key", (own.get("\\InstallDir"), own.get("\\Version")) == (here.folder, version), own)
    wanted = {
        "\\DisplayName": NAME, "\\DisplayVersion": version, "\\InstallLocation": here.folder,
        "\\UninstallString": f'"{here.folder}\\uninstall.exe"', "\\QuietUninstallString": f'"{here.folder}\\uninstall.exe" /S',
        "\\DisplayIcon": f"{here.program},0",
    }  # fmt: skip
    wrong = {name: listed.get(name) for name, value in wanted.items() if listed.get(name) != value}
    protocol.that("list of installed programs", not wrong, wrong)
    kilobytes = int(listed.get("\\EstimatedSize", "dword:0").removeprefix("dword:"), 16)
    protocol.that(
        "its size is near the truth",
        0.5 < kilobytes * 1024 / here.size() < 1.5,
        f"{kilobytes} kB of {here.size()}",
    )
    protocol.that(".jbx belongs to the program", type_.get("\\") == "LantianJibao.Package", type_)
    command = class_.get("shell\\open\\command\\")
    protocol.that("a double click starts it", command == f'"{here.program}" "%1"', class_)
    protocol.that("packages have a name and an icon", class_.get("\\") == f"{NAME}交换文件" and class_.get("DefaultIcon\\") == f"{here.program},1", class_)  # fmt: skip


def compare_shortcuts(trial: Trial) -> None:
    """Start menu and desktop, to the program's own exe."""
    wanted = "lantian.exe".encode("utf-16-le")
    for place, name in zip(trial.here.shortcuts, ("Start menu", "desktop"), strict=True):
        trial.protocol.that(f"shortcut in the {name}", place.exists() and wanted in place.read_bytes(), place)
