"""Previewing evidence: what a file is, what of it can be shown here, and where it is used."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from desktop.domain.codec import digest_of
from desktop.domain.errors import UnreadableError, UserError
from desktop.domain.progress import Progress, silent
from desktop.domain.report import Evidence, ReportDocument
from desktop.intake.forms.archive_names import ArchiveNames, archive_names
from desktop.intake.forms.pdf_picture import PagePicture, page_picture
from desktop.storage import Store

_TEXT_SHOWN = 400_000
_ENDLESS = re.compile(r"([^\n]{2000})(?=[^\n])")
_PICTURES = {".jpg", ".jpeg", ".png", ".bmp", ".tif", ".tiff"}
_PROGRAMS = (".exe", ".bat", ".cmd", ".com", ".scr", ".msi", ".vbs", ".js", ".ps1", ".lnk", ".hta", ".jar")


class Form(StrEnum):
    """How a file is shown: as a picture, page by page, as text, as a list of names, or not here."""

    PICTURE = "picture"
    PDF = "pdf"
    TEXT = "text"
    ARCHIVE = "archive"
    OTHER = "other"


@dataclass(frozen=True)
class Shown:
    """A verified file and what of it can be shown. `trouble` is why it cannot, where it should.

    `text` with its `encoding`, `cut` where the file goes on; `programs`: names in an archive that would run.
    """

    form: Form
    data: bytes
    text: str = ""
    encoding: str = ""
    cut: bool = False
    archive: ArchiveNames | None = None
    programs: tuple[str, ...] = ()
    trouble: UserError | None = None


@dataclass(frozen=True)
class Use:
    """An entry that names a file: whose report, which quarter and revision, which measure, under which name."""

    unit: str
    quarter: str
    revision: int
    label: str
    name: str


@dataclass(frozen=True)
class Shelf:
    """Where files lie that are looked at: how one is read (verified), and which entries name it.

    `read` raises UnreadableError(`evidence_altered`, file, path, reason).
    """

    read: Callable[[Evidence], bytes]
    uses: Callable[[str], tuple[Use, ...]]


def kept_here(store: Store) -> Shelf:
    """The files of the workspace."""
    return Shelf(lambda e: store.evidence.read(e.digest, e.name), lambda digest: uses(store, digest))


def in_package(document: ReportDocument, files: Mapping[str, bytes]) -> Shelf:
    """The files of a submission that is being looked at; nothing of them is kept yet."""

    def read(evidence: Evidence) -> bytes:
        data = files.get(f"evidence/{evidence.digest}")
        if data is None or digest_of(data) != evidence.digest:
            raise UnreadableError("evidence_altered", file=evidence.name, path="", reason="altered")
        return data

    def named(digest: str) -> tuple[Use, ...]:
        return tuple(
            Use(document.unit.name, document.quarter, document.revision, row.label, each.name)
            for row in document.rows
            for each in row.entry.evidence
            if each.digest == digest
        )

    return Shelf(read, named)


def show(evidence: Evidence, data: bytes) -> Shown:
    """What can be shown of a file with this content; bounded, nothing is unpacked or run."""
    suffix = Path(evidence.name).suffix.lower()
    if not data:
        return Shown(Form.OTHER, data, trouble=UnreadableError("evidence_empty", file=evidence.name))
    if suffix in _PICTURES:
        return Shown(Form.PICTURE, data)
    try:
        if suffix == ".pdf":
            return Shown(Form.PDF, data)
        if suffix == ".txt":
            return _text(evidence.name, data)
        if suffix == ".zip":
            names = archive_names(data, evidence.name)
            programs = tuple(e.name for e in names.entries if e.name.lower().endswith(_PROGRAMS))
            return Shown(Form.ARCHIVE, data, archive=names, programs=programs)
    except UnreadableError as error:
        return Shown(Form.OTHER, data, trouble=error)
    return Shown(Form.OTHER, data)


def _text(name: str, data: bytes) -> Shown:
    from desktop.intake.forms.text_blocks import decoded_as

    try:
        text, encoding = decoded_as(name, data[:_TEXT_SHOWN])
    except UnreadableError:
        raise UnreadableError("text_unreadable", file=name) from None
    # A line without an end is laid out for seconds, while the window waits.
    return Shown(Form.TEXT, data, _ENDLESS.sub(r"\1\n", text), encoding, len(data) > _TEXT_SHOWN)


def pdf_page(evidence: Evidence, data: bytes, number: int, progress: Progress = silent) -> PagePicture:
    """Page `number` (from 0) of a PDF as pixels. Slow: within a job. Raises UnreadableError as `pdf_picture.page_picture`."""
    return page_picture(data, number, evidence.name, progress)


def uses(store: Store, digest: str) -> tuple[Use, ...]:
    """Every entry here that names a file of this digest, the newest revision first."""
    region = store.units.region()
    found: list[Use] = []
    for report_id, measure_key, name in store.reports.naming(digest):
        report = store.reports.get(report_id)
        plan = store.plans.get(report.plan_id, report.plan_version)
        measure = next((m for m in plan.measures if m.key == measure_key), None)
        unit = region.find(report.unit_code)
        found.append(
            Use(
                unit.short_name if unit else report.unit_code,
                report.quarter,
                report.revision,
                plan.label(measure) if measure else "",
                name,
            )
        )
    return tuple(sorted(found, key=lambda use: (use.quarter, use.revision), reverse=True))
