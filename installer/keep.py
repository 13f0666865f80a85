"""keep.toml: what of each package is shipped. A list of what is kept, so that what is new stays out until it is asked for."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from installer.inputs import BuildError
from installer.product import HERE


@dataclass(frozen=True)
class Kept:
    """One package's licence (SPDX) and patterns. `leave` are files known and left out; every file of CPython must be in either list."""

    licence: str
    why: str
    keep: tuple[str, ...]
    drop: tuple[str, ...] = ()
    leave: tuple[str, ...] = ()


@dataclass(frozen=True)
class KeepList:
    """`drop` goes for every package."""

    drop: tuple[str, ...]
    python: Kept
    packages: dict[str, Kept]


def read_keep_list(path: Path = HERE / "keep.toml") -> KeepList:
    """Raises KeyError where an entry has no licence or no reason."""
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    packages = {name: _kept(entry) for name, entry in data["packages"].items()}
    return KeepList(tuple(data["drop"]), _kept(data["python"]), packages)


def _kept(entry: dict[str, object]) -> Kept:
    licence, why, keep = entry["licence"], entry["why"], entry["keep"]
    drop, leave = entry.get("drop", []), entry.get("leave", [])
    assert isinstance(licence, str) and isinstance(why, str)
    assert isinstance(keep, list) and isinstance(drop, list) and isinstance(leave, list)
    return Kept(licence, why, tuple(keep), tuple(drop), tuple(leave))


def choose(name: str, files: Sequence[str], kept: Kept, everywhere: Iterable[str] = ()) -> list[str]:
    """The files that are shipped, sorted. Raises BuildError for a pattern that matches nothing: the package changed."""
    for pattern in (*kept.keep, *kept.drop, *kept.leave):
        if not any(matches(pattern, file) for file in files):
            raise BuildError(f"keep.toml: {name} has nothing like {pattern}")
    dropped = (*everywhere, *kept.drop)
    return sorted(
        file
        for file in files
        if any(matches(p, file) for p in kept.keep) and not any(matches(p, file) for p in dropped)
    )


def matches(pattern: str, file: str) -> bool:
    """`*` and `?` within a folder, `**` over folders; the whole path, letters as they are."""
    return _compiled(pattern).fullmatch(file) is not None


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    parts = re.split(r"(\*\*/|\*\*|\*|\?)", pattern)
    words = {"**/": "(?:.*/)?", "**": ".*", "*": "[^/]*", "?": "[^/]"}
    return re.compile("".join(words.get(part, re.escape(part)) for part in parts))
