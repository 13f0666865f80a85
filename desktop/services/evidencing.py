"""佐证材料: files kept in the workspace for entries to name, weighed together, and lent out only as copies."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from desktop.domain.errors import RefusedError, UserError
from desktop.domain.file_names import plain_name
from desktop.domain.report import Entry, Evidence
from desktop.exchange.container import MAX_BYTES, MAX_ENTRIES
from desktop.storage import Store
from desktop.storage.files import write_fault

EVIDENCE_LIMIT = 30_000_000
EVIDENCE_FORMS = (
    ".pdf", ".ofd", ".jpg", ".jpeg", ".png", ".bmp", ".tif", ".tiff", ".doc", ".docx",
    ".wps", ".xls", ".xlsx", ".et", ".ppt", ".pptx", ".zip", ".txt",
)  # fmt: skip
# What is longer loses its end, never its ending.
_LONGEST_NAME = 120
# What people call 200 MB; the container's own bound lies a little higher, which covers the estimate below.
PACKAGE_LIMIT = min(200_000_000, MAX_BYTES)
# mimetype, manifest, signature, package.json, report.json, report.pdf, ledger.xlsx.
FILES_LIMIT = MAX_ENTRIES - 7
_NEAR = 0.8
# Measured on reports of 17 to 32 rows: 0.25 MB of faces and furniture, 4 kB a row; a row full of words takes 16 kB.
_AROUND, _ROW = 400_000, 16_000
_TOLD = 3
# Why a file is refused, where its name alone says what the person meant.
_REFUSALS = {".lnk": "evidence_shortcut", ".url": "evidence_shortcut", ".heic": "evidence_phone_photo", ".heif": "evidence_phone_photo", ".webp": "evidence_phone_photo", "": "evidence_no_ending"}  # fmt: skip


@dataclass(frozen=True)
class Load:
    """What a report's package will carry: each file once, whoever names it, and so many rows of words."""

    files: Mapping[str, Evidence] = field(default_factory=dict)
    rows: int = 0

    @property
    def size(self) -> int:
        """Bytes: the files', and an upper estimate of the report's own data, PDF and workbook."""
        return sum(e.size for e in self.files.values()) + _AROUND + self.rows * _ROW

    @property
    def near(self) -> bool:
        """Whether there is not much room left, in bytes or in files."""
        return self.size > PACKAGE_LIMIT * _NEAR or len(self.files) > FILES_LIMIT * _NEAR

    @property
    def largest(self) -> tuple[tuple[str, int], ...]:
        """Name and size of the largest files, the largest first."""
        files = sorted(self.files.values(), key=lambda e: (-e.size, e.name))
        return tuple((e.name, e.size) for e in files[:_TOLD])

    def with_file(self, evidence: Evidence) -> Load:
        return replace(self, files={**self.files, evidence.digest: evidence})


def load_of(entries: Iterable[Entry]) -> Load:
    """The load of a report with these entries; reads nothing."""
    listed = tuple(entries)
    return Load({e.digest: e for entry in listed for e in entry.evidence}, len(listed))


def refuse_overweight(entries: Iterable[Entry]) -> None:
    """What came together by other ways than attaching. Raises RefusedError(`report_overweight`, size, limit, largest)."""
    load = load_of(entries)
    if load.size > PACKAGE_LIMIT:
        raise RefusedError("report_overweight", size=load.size, limit=PACKAGE_LIMIT, largest=load.largest)


def keep_evidence(store: Store, source: Path, load: Load | None = None) -> Evidence:
    """Copies a file into the workspace, for an entry that names it when it is saved; changes no entry.

    With the `load` that it is to join, it must find room there; a file that is in it already needs none.
    Raises RefusedError: `evidence_folder`, `evidence_form`, `evidence_shortcut`, `evidence_phone_photo`,
    `evidence_no_ending`, `evidence_empty` (file), `evidence_no_room`(file, size, limit, largest),
    `evidence_too_many`(file, limit); and as Store.evidence.add.
    """
    _refuse_odd(source)
    if load is not None and (refusal := _no_room(load, source.name, _size_of(source))) is not None:
        digest = store.evidence.digest(source)
        if digest not in load.files:
            raise refusal
    return replace(store.evidence.add(source, EVIDENCE_LIMIT), name=told_name(source.name))


def keep_picture(store: Store, data: bytes, name: str, load: Load) -> Evidence:
    """As `keep_evidence`, for a picture out of the clipboard. Raises RefusedError as well as UserError for writing."""
    if len(data) > EVIDENCE_LIMIT:
        raise RefusedError("evidence_too_large", file=name, size=len(data), limit=EVIDENCE_LIMIT)
    if (refusal := _no_room(load, name, len(data))) is not None:
        raise refusal
    return store.evidence.add_bytes(data, name)


def _refuse_odd(source: Path) -> None:
    """What no copy needs to be made of, told by name and size."""
    if source.is_dir():
        raise RefusedError("evidence_folder", file=source.name)
    suffix = source.suffix.lower()
    if suffix not in EVIDENCE_FORMS:
        raise RefusedError(_REFUSALS.get(suffix, "evidence_form"), file=source.name)
    if _size_of(source) == 0:
        raise RefusedError("evidence_empty", file=source.name)


def _size_of(source: Path) -> int | None:
    """None for a file that is not there; what is wrong with it, copying will tell."""
    try:
        return source.stat().st_size
    except OSError:
        return None


def _no_room(load: Load, name: str, size: int | None) -> UserError | None:
    if load.size + (size or 0) > PACKAGE_LIMIT:
        return RefusedError(
            "evidence_no_room", file=name, size=load.size, limit=PACKAGE_LIMIT, largest=load.largest
        )
    if len(load.files) >= FILES_LIMIT:
        return RefusedError("evidence_too_many", file=name, count=FILES_LIMIT)
    return None


def told_name(name: str) -> str:
    """A file's name without signs that hide or turn others round, and no longer than people read."""
    return plain_name(name, _LONGEST_NAME)


def openable(evidence: Evidence) -> str:
    """The name that a copy gets. Raises RefusedError(`evidence_form`, file) for what is no document, so that
    nothing out of a package is ever started."""
    name = plain_name(evidence.name)
    if Path(name).suffix.lower() not in EVIDENCE_FORMS:
        raise RefusedError("evidence_form", file=name)
    return name


def copy_of(data: bytes, evidence: Evidence, folder: Path) -> Path:
    """A copy of content that was read already. Raises RefusedError: as `openable`; `folder_not_writable`(folder, reason)."""
    name = openable(evidence)
    place = folder / evidence.digest[:12]
    try:
        place.mkdir(parents=True, exist_ok=True)
        copy = place / name
        # Asked for twice, it may be open in a program that lets nobody write to it.
        if not _is(copy, data):
            copy.write_bytes(data)
    except OSError as error:
        raise write_fault(error, place) from error
    return copy


def _is(copy: Path, data: bytes) -> bool:
    try:
        return copy.stat().st_size == len(data) and copy.read_bytes() == data
    except OSError:
        return False
