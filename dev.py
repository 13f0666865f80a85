#!/usr/bin/env python3
"""Every developer command in one file, with nothing but the standard library.

python3 dev.py setup      make .venv and install what requirements.lock names
python3 dev.py run        start the program          (arguments are passed on)
python3 dev.py demo       the whole job without a window, into demo/
python3 dev.py test       the checks and the tests   (arguments go to pytest)
python3 dev.py check      ruff, mypy and the import rules only
python3 dev.py bench      the figures, each beside its floor
python3 dev.py fuzz       damaged plans read by the thousand  (COUNT SEED; 20,000 unless told otherwise)
python3 dev.py screens    every page as a picture, into screens/ (or the folder given)
python3 dev.py installer  the offline setup.exe for Windows, into dist/  (--check tries it under Wine; --help tells more)
python3 dev.py lock       make requirements.lock and installer/windows.lock anew from pyproject.toml (needs uv)
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import venv
from collections.abc import Iterable, Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
LOCK = ROOT / "requirements.lock"
STAMP = VENV / "installed.sha256"
WINDOWS = os.name == "nt"
PYTHON = VENV / ("Scripts/python.exe" if WINDOWS else "bin/python")

# What Qt needs to load its platform plugins, and the outside judges that tests ask (openssl, pdfsig …).
DEBIAN_QT = [
    "libegl1", "libgl1", "libxkbcommon0", "libxkbcommon-x11-0", "libfontconfig1", "libdbus-1-3", "libglib2.0-0",
    "libxcb-cursor0", "libxcb-icccm4", "libxcb-image0", "libxcb-keysyms1", "libxcb-randr0", "libxcb-render-util0",
    "libxcb-shape0", "libxcb-xinerama0", "libxcb-xfixes0",
]  # fmt: skip
DEBIAN_JUDGES = {
    "pdfsig": "poppler-utils",
    "openssl": "openssl",
    "qpdf": "qpdf",
    "soffice": "libreoffice-calc",
}
# Only for `installer`.
DEBIAN_INSTALLER = {
    "makensis": "nsis",
    "x86_64-w64-mingw32-gcc": "gcc-mingw-w64-x86-64",
    "osslsigncode": "osslsigncode",
}


def run(*command: object, **extra: str) -> int:
    """Runs a command in the checkout's folder; returns its exit status."""
    return subprocess.run(
        [str(part) for part in command], cwd=ROOT, env={**os.environ, **extra}, check=False
    ).returncode


def setup() -> int:
    """Makes .venv and installs the lock into it, unless that was done for this very lock and interpreter."""
    wanted = hashlib.sha256(LOCK.read_bytes() + sys.version.encode()).hexdigest()
    if PYTHON.exists() and STAMP.exists() and STAMP.read_text() == wanted:
        return 0
    if not (3, 11) <= sys.version_info[:2] <= (3, 13):
        print(f"Python 3.11 to 3.13 is needed, this is {sys.version.split()[0]}", file=sys.stderr)
        return 2
    print("making .venv …", file=sys.stderr)
    shutil.rmtree(VENV, ignore_errors=True)
    venv.create(VENV, with_pip=True)
    pip = [PYTHON, "-m", "pip", "--disable-pip-version-check", "install", "--quiet", "--no-deps"]
    status = run(*pip, "--require-hashes", "--only-binary=:all:", "-r", LOCK)
    if status == 0:
        install_packages(missing_packages(DEBIAN_QT, DEBIAN_JUDGES))
        make_command()
        STAMP.write_text(wanted)
    return status


def make_command() -> None:
    """Makes `lantian` a command of .venv, on this checkout as it stands."""
    ask = [PYTHON, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"]
    library = subprocess.run(ask, capture_output=True, text=True, check=True).stdout.strip()
    (Path(library) / "lantian.pth").write_text(f"{ROOT}\n", encoding="utf-8")
    if WINDOWS:
        command = PYTHON.with_name("lantian.cmd")
        command.write_text('@"%~dp0python.exe" -m desktop %*\n', encoding="utf-8")
    else:
        command = PYTHON.with_name("lantian")
        command.write_text('#!/bin/sh\nexec "$(dirname "$0")/python" -m desktop "$@"\n', encoding="utf-8")
        command.chmod(0o755)


def missing_packages(named: Iterable[str], tools: Mapping[str, str]) -> list[str]:
    """Debian packages that are not there: those named, and those that bring a tool. None where there is no Debian."""
    if not shutil.which("apt-get") or not hasattr(os, "geteuid"):
        return []
    query = ["dpkg-query", "-W", "-f=${Status}\n"]
    missing = [
        p
        for p in named
        if b"install ok" not in subprocess.run([*query, p], capture_output=True, check=False).stdout
    ]
    return [*missing, *(package for tool, package in tools.items() if not shutil.which(tool))]


def install_packages(missing: list[str]) -> None:
    """As root, installs what is missing; says what could not be installed."""
    if not missing:
        return
    if os.geteuid() != 0:
        print("missing system packages, please install: " + " ".join(missing), file=sys.stderr)
        return
    quiet = {"DEBIAN_FRONTEND": "noninteractive"}
    with Path(os.devnull).open("w") as nowhere:
        for command in (
            ["apt-get", "update", "-qq"],
            ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *missing],
        ):
            done = subprocess.run(command, stdout=nowhere, env={**os.environ, **quiet}, check=False)
            if done.returncode:
                print(
                    f"{' '.join(command[:2])}: exit {done.returncode}; what needs these packages is skipped",
                    file=sys.stderr,
                )
                return


def check() -> int:
    """ruff, mypy and the import rules; all are run, the worst exit status is returned."""
    steps = (
        ["-m", "ruff", "check", "."],
        ["-m", "ruff", "format", "--check", "."],
        ["-m", "mypy"],
        ["-c", "from importlinter.cli import lint_imports_command as c; c()"],
    )
    return max(run(PYTHON, *step) for step in steps)


def test(arguments: list[str]) -> int:
    """The checks, then the tests; both always run."""
    checked = check()
    if not any(a.startswith("-n") for a in arguments):
        arguments = ["-n", "2", *arguments]
    tested = run(PYTHON, "-m", "pytest", *arguments, QT_QPA_PLATFORM="offscreen", PYTHONHASHSEED="0")
    return checked or tested


def demo(arguments: list[str]) -> int:
    """The main job on the sample plan, or as the arguments say, into demo/."""
    if not arguments or arguments[0].startswith("-"):
        shutil.rmtree(ROOT / "demo", ignore_errors=True)
        arguments = ["demo", *arguments]
    status = run(PYTHON, "-m", "desktop", "demo", *arguments)
    if status == 0:
        out = (ROOT / arguments[0]).resolve()
        print(
            f"\n{out}/demo.json     what was made, with all paths\n{out}/exchange/     what travelled between city and units\n{out}/city/summary/  the city's summary",
            file=sys.stderr,
        )
    return status


def installer(arguments: list[str]) -> int:
    """The setup for Windows; the tools that it needs are installed first, those of the check only for the check."""
    if "--if-changed" in arguments:
        arguments = [word for word in arguments if word != "--if-changed"]
        if run(PYTHON, "-m", "installer.record") == 0:
            return 0
    needed: list[str] = []
    if "--check" in arguments:
        from installer.checking import PACKAGES

        needed = list(PACKAGES)
    if "--help" not in arguments:
        install_packages(missing_packages(needed, DEBIAN_INSTALLER))
    return run(PYTHON, "-m", "installer", *arguments, QT_QPA_PLATFORM="offscreen", PYTHONHASHSEED="0")


def lock() -> int:
    """Makes both locks anew, every package by its hashes: requirements.lock for development on Linux and Windows, then
    installer/windows.lock for what is shipped, held to the same versions."""
    pins = ["uv", "pip", "compile", "pyproject.toml", "--generate-hashes", "--no-emit-index-url", "--no-header", "-q", "--upgrade"]  # fmt: skip
    both = ["--extra", "dev", "--universal", "--python-version", "3.11", "-o", "requirements.lock"]
    windows = ["--python-platform", "x86_64-pc-windows-msvc", "--python-version", "3.13", "--only-binary", ":all:"]  # fmt: skip
    held = ["-c", "requirements.lock", "-o", "installer/windows.lock"]
    return run(*pins, *both) or run(*pins, *windows, *held)


def main(arguments: list[str]) -> int:
    verb, rest = (arguments[0], arguments[1:]) if arguments else ("help", [])
    if verb == "lock":
        return lock()
    verbs = {
        "setup": lambda: 0,
        "run": lambda: run(PYTHON, "-m", "desktop", *rest),
        "demo": lambda: demo(rest),
        "test": lambda: test(rest),
        "check": check,
        "bench": lambda: run(PYTHON, "-m", "bench", *rest),
        "fuzz": lambda: run(PYTHON, "-m", "tests.torture", *rest, PYTHONHASHSEED="0"),
        "installer": lambda: installer(rest),
        "screens": lambda: run(
            PYTHON, "-m", "tests.screens", *(rest or ["screens"]), QT_QPA_PLATFORM="offscreen"
        ),
    }
    if verb not in verbs:
        print(__doc__)
        return 0 if verb in ("help", "-h", "--help") else 2
    return setup() or verbs[verb]()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
