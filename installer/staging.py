"""Lays out what is installed: `version/` (one version's whole folder) and `root/` (launchers), from pinned inputs."""

from __future__ import annotations

import re
import shutil
import struct
import zipfile
from dataclasses import dataclass, field
from email.parser import HeaderParser
from pathlib import Path

from installer.inputs import CPYTHON_VERSION, BuildError, python_files
from installer.keep import KeepList, choose
from installer.product import HERE, PUBLISHER, ROOT, tracked

# How the interpreter finds everything; it looks nowhere else (isolated, no site, no environment).
SEARCH_PATH = ("python313.zip", ".", "site", "app")
_LICENCE = re.compile(r"(^|/)(licen[cs]es?/|.*(licen[cs]e|copying|notice|authors)[^/]*$)", re.IGNORECASE)


@dataclass
class Package:
    """Where files come from. `licences`: texts by file name; `purl`: as the bill of materials names it."""

    name: str
    version: str
    licence: str
    purl: str
    sha256: str = ""
    why: str = ""
    licences: dict[str, bytes] = field(default_factory=dict)


@dataclass
class Stage:
    """The laid out tree and, for every file (path from `folder`), the package it comes from."""

    folder: Path
    origin: dict[str, str] = field(default_factory=dict)
    packages: dict[str, Package] = field(default_factory=dict)

    def put(self, path: str, data: bytes, package: str) -> None:
        """Writes one file; a file twice is a fault of the build."""
        target = self.folder / path
        if package not in self.packages:
            raise BuildError(f"{path} comes from {package}, of which nothing is known")
        if path in self.origin:
            raise BuildError(f"{path} comes from {self.origin[path]} and from {package}")
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
        self.origin[path] = package


def lay_out(
    folder: Path, version: str, embed: Path, wheels: dict[str, Path], hashes: dict[str, str], keep: KeepList
) -> Stage:
    """CPython, the packages and the program, pruned by the keep list. Raises BuildError."""
    shutil.rmtree(folder, ignore_errors=True)
    stage = Stage(folder)
    _put_python(stage, python_files(embed), hashes[embed.name], keep)
    unknown = wheels.keys() ^ keep.packages.keys()
    if unknown:
        raise BuildError(f"keep.toml and windows.lock differ about: {', '.join(sorted(unknown))}")
    for name in sorted(wheels):
        _put_wheel(stage, name, wheels[name], hashes[wheels[name].name], keep)
    _put_program(stage, version)
    return stage


def _put_python(stage: Stage, files: dict[str, bytes], sha256: str, keep: KeepList) -> None:
    chosen = choose("python", sorted(files), keep.python)
    forgotten = files.keys() - set(chosen) - set(keep.python.leave)
    if forgotten:
        raise BuildError(f"keep.toml says nothing of CPython's {', '.join(sorted(forgotten))}")
    stage.packages["cpython"] = Package(
        "cpython", CPYTHON_VERSION, keep.python.licence, f"pkg:generic/cpython@{CPYTHON_VERSION}", sha256, keep.python.why,
        {"LICENSE.txt": files["LICENSE.txt"]},
    )  # fmt: skip
    for name in chosen:
        stage.put(f"version/{name}", files[name], "cpython")
    text = "".join(f"{line}\n" for line in SEARCH_PATH)
    stage.put("version/python313._pth", text.encode(), "cpython")


def _put_wheel(stage: Stage, name: str, path: Path, sha256: str, keep: KeepList) -> None:
    with zipfile.ZipFile(path) as wheel:
        names = sorted(i.filename for i in wheel.infolist() if not i.is_dir())
        info = next(n.split("/")[0] for n in names if n.split("/")[0].endswith(".dist-info"))
        kept, found = (
            keep.packages[name],
            HeaderParser().parsestr(wheel.read(f"{info}/METADATA").decode("utf-8")),
        )
        version = str(found["Version"])
        package = Package(name, version, kept.licence, f"pkg:pypi/{name}@{version}", sha256, kept.why)
        within = {n: n for n in names if not n.startswith(info) and ".data/" not in n}
        if not kept.keep:
            return
        package.licences = {
            n.removeprefix(f"{info}/").removeprefix("licenses/").replace("/", "_"): wheel.read(n)
            for n in names
            if n.startswith(f"{info}/") and _LICENCE.search(n.removeprefix(f"{info}/"))
        }
        stage.packages[name] = package
        for file in choose(name, sorted(within), kept, keep.drop):
            stage.put(f"version/site/{file}", wheel.read(file), name)


def font_version(data: bytes) -> str:
    """The number in a TrueType font's name table (name 5). Raises BuildError where it tells none."""
    tables = int.from_bytes(data[4:6], "big")
    entries = (data[12 + 16 * i : 28 + 16 * i] for i in range(tables))
    start = next((int.from_bytes(e[8:12], "big") for e in entries if e[:4] == b"name"), 0)
    count, strings = struct.unpack(">HH", data[start + 2 : start + 6])
    for record in struct.iter_unpack(">6H", data[start + 6 : start + 6 + 12 * count]):
        platform, _, _, name, length, offset = record
        if (platform, name) == (3, 5):
            text = data[start + strings + offset : start + strings + offset + length].decode("utf-16-be")
            found = re.search(r"\d+\.\d+", text)
            if found:
                return found[0]
    raise BuildError("a font does not tell its version")


def _put_program(stage: Stage, version: str) -> None:
    """The program's own files; a twin of another number differs in its number alone."""
    stage.packages["lantian-jibao"] = Package(
        "lantian-jibao", version, "MIT", f"pkg:generic/lantian-jibao@{version}", why=f"the program of {PUBLISHER}",
        licences={"LICENSE": (ROOT / "LICENSE").read_bytes()},
    )  # fmt: skip
    for name in tracked("desktop"):
        if name.endswith(".py"):
            data = (ROOT / name).read_bytes()
            if name == "desktop/__init__.py":
                data = re.sub(
                    rb'^__version__ = ".*"$', f'__version__ = "{version}"'.encode(), data, flags=re.M
                )
            stage.put(f"version/app/{name}", data, "lantian-jibao")
    for name in tracked("resources"):
        if not name.startswith("resources/fonts/"):
            stage.put(f"version/app/{name}", (ROOT / name).read_bytes(), "lantian-jibao")
    _put_fonts(stage)
    for name in ("compile.py", "flush.py", "probe.py"):
        stage.put(f"version/{name}", (HERE / "launcher" / name).read_bytes(), "lantian-jibao")


def _put_fonts(stage: Stage) -> None:
    """Each family is a package of its own, under the licence that lies beside it: its own or that of Noto as a whole."""
    for name in tracked("resources/fonts"):
        path = ROOT / name
        if path.suffix != ".ttf":
            continue
        data, family = path.read_bytes(), path.stem.split("-")[0]
        key, number = family.lower(), font_version(data)
        own = path.with_name(f"OFL-{family}.txt")
        licence = own if own.is_file() else path.with_name("OFL-Noto.txt")
        if key not in stage.packages:
            stage.packages[key] = Package(
                family, number, "OFL-1.1", f"pkg:generic/{key}@{number}", why="faces of screen and paper",
                licences={"OFL.txt": licence.read_bytes()},
            )  # fmt: skip
        stage.put(f"version/app/{name}", data, key)
        if f"version/app/resources/fonts/{licence.name}" not in stage.origin:
            stage.put(f"version/app/resources/fonts/{licence.name}", licence.read_bytes(), key)
