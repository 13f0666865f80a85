"""Making and opening workspaces, and the regions that are shipped."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from desktop.domain.codec import digest_of, parse_json
from desktop.domain.errors import RefusedError, UnreadableError
from desktop.domain.unit import Region, Unit, UnitKind, like
from desktop.domain.workspace import Workspace
from desktop.storage import Store
from desktop.storage.files import DEEPEST_INSIDE, longest_path
from desktop.storage.store import DATABASE_NAME

SAMPLE_REGION = "999000"
# Every key of the sample and of the demonstration; it is shown to whoever tries them.
SAMPLE_PASSPHRASE = "示例口令 2025"


DAMAGED = ("workspace_damaged", "workspace_missing", "workspace_not_ours")
"""The codes with which opening is refused where an automatic copy of the database can help."""


@dataclass(frozen=True)
class Sample:
    """The two workspaces of the sample that `sampling.make_sample` makes."""

    city: Path
    county: Path


def sample_places(folder: Path) -> Sample:
    """Where in `folder` the sample's workspaces lie."""
    return Sample(folder / "市级" / "云岭市", folder / "县级" / "柏河县")


def sample_in(folder: Path) -> Sample | None:
    """The sample that was made in `folder`, if it is there as a whole."""
    found = sample_places(folder)
    whole = all(is_workspace(place) for place in (found.city, found.county))
    return found if whole else None


def is_workspace(folder: Path) -> bool:
    """Whether a workspace's database lies there; it may still be damaged or another's."""
    return (folder / DATABASE_NAME).is_file()


def shipped_regions(folder: Path) -> tuple[Region, ...]:
    """The regions under `resources/regions`, by code. Raises UnreadableError(`region_damaged`)."""
    found = []
    for path in sorted(folder.glob("*.json")):
        try:
            found.append(parse_json(path.read_bytes(), Region))
        except ValueError as error:
            raise UnreadableError("region_damaged", file=path.name, detail=str(error)) from None
    return tuple(sorted(found, key=lambda region: region.code))


def region_for_city(regions: tuple[Region, ...], city: str) -> Region | None:
    """The region whose city is written so (`吴忠市`), if one is known."""
    return next((region for region in regions if region.name == city), None)


def new_region(city_name: str) -> Region:
    """A city that is not shipped, set up from nothing: only the city's own unit stands in it.

    `city_name` is the city's short name (`某市`). Raises RefusedError(`name_missing`).
    """
    short = city_name.strip().removesuffix("人民政府")
    if not short:
        raise RefusedError("name_missing")
    code = made_code(short)
    return Region(code, short, (Unit(code, f"{short}人民政府", short, UnitKind.CITY),))


def made_code(name: str) -> str:
    """A unit code for a unit that has no official one; the same name gives the same code."""
    return "N" + digest_of(name.strip().encode("utf-8"))[:8].upper()


def named_unit(regions: tuple[Region, ...], name: str, kind: UnitKind) -> tuple[Region, Unit] | None:
    """The known unit of a kind that is written so, with its region; None when no list has it."""
    wanted = name.strip()
    found = ((r, u) for r in regions for u in r.of_kind(*like(kind)) if wanted in u.spellings)
    return next(found, None) if wanted else None


def new_unit(name: str, kind: UnitKind) -> Unit:
    """A unit that is on no list, by its full or its short name. Raises RefusedError(`name_missing`)."""
    short = name.strip()
    if kind not in (UnitKind.COUNTY, UnitKind.PARK):
        if not short:
            raise RefusedError("name_missing")
        return Unit(made_code(short), short, short, kind)
    endings = ("人民政府",) if kind is UnitKind.COUNTY else ("管理委员会", "管委会")
    for ending in endings:
        short = short.removesuffix(ending)
    if not short:
        raise RefusedError("name_missing")
    full = f"{short}{endings[0]}"
    aliases = (f"{short}管委会",) if kind is UnitKind.PARK else (f"{short}政府",)
    return Unit(made_code(full), full, short, kind, aliases)


@dataclass(frozen=True)
class FolderCheck:
    """Whether a workspace could be made in a folder. `free` is the room there in bytes.

    `problem` is the code with which making it would be refused, empty when nothing speaks against it.
    """

    problem: str
    free: int


def check_folder(folder: Path, program: Path | None = None, longest: int | None = None) -> FolderCheck:
    """Looks at a folder, which need not exist yet; writes nothing. `program`: where setup puts versions and takes them away;
    `longest`: the letters that a path may have, told by this computer unless given."""
    if len(str(folder)) + DEEPEST_INSIDE > (longest or longest_path()):
        return FolderCheck("folder_too_deep", 0)
    if program is not None and folder.is_relative_to(program):
        return FolderCheck("folder_of_program", 0)
    nearest = next((p for p in (folder, *folder.parents) if p.exists()), None)
    if nearest is None or not folder.is_absolute():
        return FolderCheck("folder_missing", 0)
    try:
        free = shutil.disk_usage(nearest).free
        if (folder / DATABASE_NAME).exists():
            return FolderCheck("workspace_exists", free)
        if not nearest.is_dir() or not os.access(nearest, os.W_OK):
            return FolderCheck("folder_not_writable", free)
        taken = nearest == folder and any(not p.name.startswith(".") for p in folder.iterdir())
    except OSError:
        return FolderCheck("folder_not_writable", 0)
    return FolderCheck("workspace_not_empty" if taken else "", free)


def create_workspace(folder: Path, unit: Unit, region: Region, holder: str, now: datetime) -> Store:
    """A new workspace of `unit` in `folder`. What it may do follows from its place in the region."""
    superior = None if unit.kind is UnitKind.CITY else region.city.ref
    if region.find(unit.code) is None:
        region = Region(region.code, region.name, (*region.units, unit), region.terms)
    workspace = Workspace(unit.ref, unit.kind, superior, region.code == SAMPLE_REGION, now)
    store = Store.create(folder, workspace, region, holder, now)
    with store.transaction():
        store.audit.append(now, holder, "workspace_created", unit.code, {"name": unit.name})
    return store


def open_workspace(folder: Path, holder: str, now: datetime) -> Store:
    """The workspace in `folder`, held by this program alone until it is closed."""
    return Store.open(folder, holder, now)
