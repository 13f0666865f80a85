"""A Windows to try the program in: a Wine prefix of its own, with its own screen, thrown away at the end."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path, PureWindowsPath

PACKAGES = (
    "wine", "wine64", "fonts-wine", "xvfb", "xauth", "imagemagick", "xdotool", "gcc-mingw-w64-x86-64", "poppler-utils", "qpdf",
    "openssl", "libreoffice-calc", "locales",
)  # fmt: skip
"""Debian's names of what the check needs beyond the build."""
TOOLS = (
    "wine",
    "wineserver",
    "Xvfb",
    "import",
    "xdotool",
    "x86_64-w64-mingw32-gcc",
    "pdfsig",
    "qpdf",
    "openssl",
    "soffice",
    "localedef",
)
SCREEN = (1366, 768)
PERSON = "王 小䶮"
"""Who is logged in: a Chinese name with a blank and a sign that code page 936 lacks; it is in every path of the person's own."""
# winedbg would wait for a person; wbemprox crashes under platform.uname(); the two others ask for downloads.
_LOCALE = "zh_CN.UTF-8"
_OVERRIDES = "winedbg.exe=d;wbemprox=;mshtml=;mscoree="


@dataclass(frozen=True)
class Ended:
    """A command that came to its end. `status` is the low byte of the exit status; None: it was killed after its time."""

    status: int | None
    out: str
    err: str
    seconds: float


@dataclass
class Running:
    """A program that has been started; what it says is collected meanwhile."""

    process: subprocess.Popen[bytes]
    begun: float
    said: list[bytes] = field(default_factory=list)
    complained: list[bytes] = field(default_factory=list)

    def wait(self, seconds: float) -> Ended:
        """Until it ends, at most so long; then it is killed."""
        status: int | None
        try:
            status = self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            self.kill()
            status = None
        took = time.monotonic() - self.begun
        # A child that lives on holds the pipes open: what came so far is what counts.
        time.sleep(0.1)
        return Ended(status, _text(self.said), _text(self.complained), round(took, 2))

    def kill(self) -> None:
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(10)


class Wine:
    """The prefix in `folder`, on the X display of this name."""

    def __init__(self, folder: Path, display: str) -> None:
        self.folder = folder
        self.drive = folder / "drive_c"
        self._running: list[Running] = []
        self._mounted: list[Path] = []
        self._environment = {
            **{k: v for k, v in os.environ.items() if not k.startswith(("QT_", "WINE", "PYTHON", "LANTIAN"))},
            "WINEPREFIX": str(folder),
            "WINEARCH": "win64",
            "WINEDEBUG": "-all",
            "WINEDLLOVERRIDES": _OVERRIDES,
            "DISPLAY": display,
            "USER": PERSON,
            "LOGNAME": PERSON,
            # Chinese Windows: code page 936, dates and names as there. The locale need not be one of the system's.
            "LC_ALL": _LOCALE,
            "LOCPATH": str(folder / "locale"),
            # Wine links Documents and Desktop to the person's own and writes menus there: here nobody's.
            "HOME": str(folder / "home"),
            "XDG_CONFIG_HOME": str(folder / "home" / "config"),
            "XDG_DATA_HOME": str(folder / "home" / "data"),
            "XDG_CACHE_HOME": str(folder / "home" / "cache"),
        }

    @property
    def home(self) -> Path:
        """The person's folder, as Linux sees it."""
        return next(p for p in (self.drive / "users").iterdir() if p.name != "Public")

    def start(self, *command: object, cwd: Path | None = None, **environment: str) -> Running:
        """Starts a program inside; a Path is given by its Windows name."""
        words = [self.windows(part) if isinstance(part, Path) else str(part) for part in command]
        process = subprocess.Popen(
            ["wine", *words], cwd=cwd or self.folder, env={**self._environment, **environment}, stdin=subprocess.PIPE,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True,
        )  # fmt: skip
        running = Running(process, time.monotonic())
        for pipe, store in ((process.stdout, running.said), (process.stderr, running.complained)):
            # Wine's Python wants pipes; a thread each keeps them from filling.
            threading.Thread(target=_drain, args=(pipe, store), daemon=True).start()
        self._running.append(running)
        return running

    def run(self, *command: object, seconds: float, cwd: Path | None = None, **environment: str) -> Ended:
        """Starts a program and waits for it, at most `seconds`."""
        return self.start(*command, cwd=cwd, **environment).wait(seconds)

    def windows(self, path: Path) -> str:
        """The name under which Windows programs see a file of Linux."""
        path = path.absolute()
        if path.is_relative_to(self.drive):
            return "C:\\" + "\\".join(path.relative_to(self.drive).parts)
        return "Z:" + str(path).replace("/", "\\")

    def linux(self, name: str) -> Path:
        """The file behind a Windows name on C:."""
        path = PureWindowsPath(name)
        if path.drive.upper() != "C:":
            raise ValueError(f"{name} is not on C:")
        return self.drive.joinpath(*path.parts[1:])

    def mount(self, place: Path, megabytes: int) -> bool:
        """Makes a folder a disk of its own, so large; False where that cannot be done here. `unmount` or the end takes it away."""
        place.mkdir(parents=True, exist_ok=True)
        command = ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", str(place)]
        is_done = subprocess.run(command, capture_output=True, check=False).returncode == 0
        if is_done:
            self._mounted.append(place)
        return is_done

    def protect(self, place: Path) -> None:
        """Nothing can be written to a mounted disk any more."""
        subprocess.run(["mount", "-o", "remount,ro", str(place)], capture_output=True, check=True)

    def unmount(self, place: Path) -> None:
        """Takes a mounted disk away, with all that is on it."""
        subprocess.run(["umount", "-l", str(place)], capture_output=True, check=False)
        self._mounted.remove(place)

    def settle(self, seconds: float = 30) -> None:
        """Waits until no program runs inside any more."""
        with suppress(subprocess.TimeoutExpired):
            subprocess.run(["wineserver", "-w"], env=self._environment, timeout=seconds, check=False)

    def kill(self) -> None:
        """Ends everything inside."""
        with suppress(subprocess.TimeoutExpired):
            subprocess.run(["wineserver", "-k"], env=self._environment, timeout=20, check=False)
        for running in self._running:
            running.kill()
        self._running.clear()

    def close(self) -> None:
        """Ends everything inside and takes its disks away."""
        self.kill()
        for place in list(self._mounted):
            self.unmount(place)

    def picture(self, path: Path) -> Path:
        """The whole screen as PNG."""
        subprocess.run(
            ["import", "-window", "root", str(path)], env=self._environment, timeout=30, check=True
        )
        return path

    def press(self, *keys: str) -> None:
        """Keys as xdotool names them, given to whatever has the focus."""
        subprocess.run(
            ["xdotool", "key", "--delay", "80", *keys], env=self._environment, timeout=20, check=True
        )

    def click(self, x: int, y: int) -> None:
        """The left button, at a place of the screen."""
        subprocess.run(
            ["xdotool", "mousemove", str(x), str(y), "sleep", "0.2", "click", "1"], env=self._environment, timeout=20, check=True,
        )  # fmt: skip


def missing_tools() -> tuple[str, ...]:
    """What of TOOLS is not installed."""
    return tuple(tool for tool in TOOLS if shutil.which(tool) is None)


@contextmanager
def windows(folder: Path) -> Iterator[Wine]:
    """A fresh prefix set to Windows 10 and a screen for it; both are gone afterwards, with all that ran there."""
    shutil.rmtree(folder, ignore_errors=True)
    places = folder / "locale"
    places.mkdir(parents=True)
    (folder / "home").mkdir()
    # Some 10 s; without it Wine takes Chinese words of a command line for Latin ones.
    subprocess.run(
        ["localedef", "-i", "zh_CN", "-f", "UTF-8", str(places / _LOCALE)], timeout=120, check=True
    )
    with _screen() as display:
        wine = Wine(folder, display)
        try:
            made = wine.run("wineboot", "-i", seconds=180)
            if made.status != 0:
                raise RuntimeError(f"wineboot: {made}")
            wine.settle()
            wine.run("winecfg", "-v", "win10", seconds=60)
            yield wine
        finally:
            wine.close()
            shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _screen() -> Iterator[str]:
    """An X server of our own on a number that is free."""
    read, write = os.pipe()
    width, height = SCREEN
    command = ["Xvfb", "-displayfd", str(write), "-screen", "0", f"{width}x{height}x24", "-nolisten", "tcp"]
    with subprocess.Popen(
        command, pass_fds=(write,), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as server:
        os.close(write)
        with os.fdopen(read) as told:
            number = told.readline().strip()
        try:
            if not number:
                raise RuntimeError("Xvfb does not start")
            yield f":{number}"
        finally:
            server.terminate()


def _drain(pipe: object, store: list[bytes]) -> None:
    with suppress(OSError, ValueError):
        while chunk := os.read(pipe.fileno(), 1 << 16):  # type: ignore[attr-defined]
            store.append(chunk)


def _text(pieces: list[bytes]) -> str:
    return b"".join(pieces).decode("utf-8", errors="replace")
