"""What setup leaves on a computer, read from outside: folder, versions, registry, shortcuts."""

from __future__ import annotations

import configparser
import hashlib
import json
import sqlite3
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from installer.checking.wine import Ended, Wine

IDENTITY, NAME = "LantianJibao", "蓝天季报"
SETUP_SECONDS = 420.0
OWN_KEY = rf"HKCU\Software\{IDENTITY}"
UNINSTALL_KEY = rf"HKCU\Software\Microsoft\Windows\CurrentVersion\Uninstall\{IDENTITY}"
TYPE_KEY, CLASS_KEY = r"HKCU\Software\Classes\.jbx", rf"HKCU\Software\Classes\{IDENTITY}.Package"
# The mark that a version has started, and the manifest, which cannot hold its own digest.
_NOT_LISTED = ("started", "manifest.json")
KEYS = (OWN_KEY, UNINSTALL_KEY, TYPE_KEY, CLASS_KEY)


@dataclass(frozen=True)
class Versions:
    """current.ini: folder and number of what runs, and of what runs again should that not start."""

    current: str = ""
    version: str = ""
    previous: str = ""
    previous_version: str = ""


class Installation:
    """The program in its folder (as Windows calls it), whether it is there or not."""

    def __init__(self, wine: Wine, folder: str) -> None:
        self.wine = wine
        self.folder = folder

    @property
    def root(self) -> Path:
        return self.wine.linux(self.folder)

    @property
    def program(self) -> str:
        return self.folder + r"\lantian.exe"

    @property
    def commands(self) -> str:
        return self.folder + r"\lantian-cli.exe"

    @property
    def python(self) -> str:
        return rf"{self.folder}\versions\{self.versions().current}\python.exe"

    @property
    def user(self) -> Path:
        """The person's settings and logs."""
        return self.wine.home / "AppData" / "Local" / IDENTITY

    @property
    def shortcuts(self) -> tuple[Path, Path]:
        menu = self.wine.home / "AppData/Roaming/Microsoft/Windows/Start Menu/Programs"
        return menu / f"{NAME}.lnk", self.wine.home / "Desktop" / f"{NAME}.lnk"

    def versions(self) -> Versions:
        """What current.ini says; empty where there is none."""
        parser = configparser.ConfigParser()
        path = self.root / "current.ini"
        parser.read([path] if path.exists() else [], encoding="ascii")
        return Versions(**dict(parser["lantian"])) if parser.has_section("lantian") else Versions()

    def folders(self) -> list[str]:
        """The versions that lie there."""
        place = self.root / "versions"
        return sorted(p.name for p in place.iterdir()) if place.is_dir() else []

    def has_started(self) -> bool:
        return (self.root / "versions" / self.versions().current / "started").exists()

    def setup(self, setup: Path, *more: str) -> Ended:
        """Runs a setup without a word; into `folder` where nothing is installed yet."""
        return self.wine.run(setup, "/S", *more, *bare("/D=", self.folder), seconds=SETUP_SECONDS)

    def uninstall(self, *more: str) -> Ended:
        """Runs the uninstaller without a word and waits for it: told the folder, it does not go on as a copy of itself."""
        done = self.wine.run(
            self.folder + r"\uninstall.exe", "/S", *more, *bare("_?=", self.folder), seconds=SETUP_SECONDS
        )
        # Which is why it cannot take itself away: all else must be gone.
        own = self.root / "uninstall.exe"
        if own.exists() and [p.name for p in self.root.iterdir()] == [own.name]:
            own.unlink()
            self.root.rmdir()
        return done

    def log(self) -> str:
        """What setup noted."""
        path = self.user / "install.log"
        return path.read_bytes().decode("utf-16", errors="replace") if path.exists() else ""

    def program_log(self) -> str:
        path = self.user / "lantian.log"
        return path.read_text(encoding="utf-8") if path.exists() else ""

    def files(self) -> dict[str, str]:
        """Every file of the running version by its place in the manifest, with its SHA-256; without compiled modules and _NOT_LISTED."""
        current = self.root / "versions" / self.versions().current
        found = {}
        for top, name in ((current, "version"), (self.root, "root")):
            for path in top.rglob("*"):
                inside = path.relative_to(top)
                if not path.is_file() or (name == "root" and inside.parts[0] in ("versions", "current.ini")):
                    continue
                if "__pycache__" not in inside.parts and inside.as_posix() not in _NOT_LISTED:
                    found[f"{name}/{inside.as_posix()}"] = digest(path)
        return found

    def size(self) -> int:
        """Bytes of all that lies in the folder, compiled modules too."""
        return sum(p.stat().st_size for p in self.root.rglob("*") if p.is_file())


def bare(option: str, folder: str) -> list[str]:
    """NSIS' last word, a folder without quotation marks: one argument for each of its words, for Wine would quote blanks."""
    return f"{option}{folder}".split(" ")


def digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def read_only(workspace: Path) -> sqlite3.Connection:
    """A workspace's database as it lies on the disk, also while the program holds it alone."""
    return sqlite3.connect(f"file:{quote(str(workspace / 'lantian.db'))}?immutable=1", uri=True)


def manifest_of(setup: Path) -> dict[str, str]:
    """Path → SHA-256 by the manifest that the build wrote beside the setup. Raises OSError where there is none."""
    name = setup.name.removesuffix("-setup.exe") + "-manifest.json"
    data = json.loads((setup.parent / name).read_text(encoding="utf-8"))
    return {f["path"]: f["sha256"] for f in data["files"]}


def registry(wine: Wine, key: str) -> dict[str, str]:
    """All values below a key as `subkey\\name` → value, strings alone without their quotation marks; empty where it is not there."""
    target = wine.drive / "exported.reg"
    target.unlink(missing_ok=True)
    wine.run("reg", "export", key, "C:\\exported.reg", "/y", seconds=60)
    if not target.exists():
        return {}
    found: dict[str, str] = {}
    below = ""
    first = ""
    for line in target.read_bytes().decode("utf-16").splitlines():
        if line.startswith("["):
            first = first or line[1:-1]
            below = line[1:-1][len(first) :].lstrip("\\")
            found.setdefault(below + "\\", "")
        elif "=" in line:
            name, _, value = line.partition("=")
            name = "" if name == "@" else name.strip('"')
            plain = value[1:-1].replace(r"\\", "\\").replace(r"\"", '"') if value.startswith('"') else value
            found[f"{below}\\{name}"] = plain
    target.unlink()
    return found
