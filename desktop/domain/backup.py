"""备份: what a backup file lists, how its parts may be named, and which automatic copies are kept."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePosixPath

from desktop.domain.package import PackageKind
from desktop.domain.unit import UnitRef

FORMAT = 1
ENDING = ".jbk"
DATABASE = "lantian.db"
LIST = "backup.json"
MOST_FILES = 100_000
LARGEST_LIST = 24 * 1024 * 1024

NEWEST_KEPT = 10
MONTHS_KEPT = 12
MOST_TOGETHER = 1_000_000_000
"""Bytes that the automatic copies may take together; the newest two stay whatever they weigh."""

_SHELVED = re.compile(
    r"(?:evidence|documents)/(?P<first>[0-9a-f]{2})/(?P=first)[0-9a-f]{62}|packages/[0-9a-f]{64}\.jbx"
)


@dataclass(frozen=True)
class BackupFile:
    """A file in a backup. `size` in bytes; `sha256` of what was in it when it was copied, as 64 hex digits."""

    name: str
    size: int
    sha256: str

    @property
    def altered(self) -> bool:
        """Whether it was no longer what its name says when it was copied; the database is named by nothing."""
        return self.name != DATABASE and PurePosixPath(self.name).name.removesuffix(".jbx") != self.sha256


@dataclass(frozen=True)
class BackupList:
    """`backup.json`: whose workspace, when, by which program; `schema` is the database's version."""

    format: int
    unit: UnitRef
    made_at: datetime
    program: str
    schema: int
    files: tuple[BackupFile, ...]

    @property
    def size(self) -> int:
        """Bytes of all files."""
        return sum(file.size for file in self.files)


@dataclass(frozen=True)
class Snapshot:
    """An automatic copy of the database. `at` by this computer's clock, `size` in bytes."""

    name: str
    at: datetime
    size: int


@dataclass(frozen=True)
class LastSent:
    """The last that a restored workspace knows to have been signed for a quarter of a plan: its kind and number."""

    plan: str
    quarter: str
    kind: PackageKind
    sequence: int
    at: datetime


def may_stand(name: str) -> bool:
    """Whether a backup may hold a file of this name besides its list: names become paths when it is restored."""
    return name == DATABASE or _SHELVED.fullmatch(name) is not None


def kept(snapshots: Iterable[Snapshot]) -> frozenset[str]:
    """The names of those that stay: the newest ten, and the newest of each of the last twelve months that have one.

    Of these the oldest go until the others fit `MOST_TOGETHER`.
    """
    newest_first = sorted(snapshots, key=lambda each: (each.at, each.name), reverse=True)
    months: dict[tuple[int, int], Snapshot] = {}
    for each in newest_first:
        months.setdefault((each.at.year, each.at.month), each)
    wanted = {each.name for each in newest_first[:NEWEST_KEPT]}
    wanted |= {each.name for each in list(months.values())[:MONTHS_KEPT]}
    found, together = set(), 0
    for place, each in enumerate(snapshot for snapshot in newest_first if snapshot.name in wanted):
        together += each.size
        if place > 1 and together > MOST_TOGETHER:
            break
        found.add(each.name)
    return frozenset(found)
