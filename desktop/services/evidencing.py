"""佐证材料: files kept in the workspace for entries to name, and lent out only as copies."""

from __future__ import annotations

from pathlib import Path

from desktop.domain.errors import RefusedError
from desktop.domain.file_names import plain_name
from desktop.domain.report import Evidence
from desktop.storage import Store
from desktop.storage.files import write_fault

EVIDENCE_LIMIT = 30 * 1024 * 1024
EVIDENCE_FORMS = (
    ".pdf", ".ofd", ".jpg", ".jpeg", ".png", ".bmp", ".tif", ".tiff", ".doc", ".docx",
    ".wps", ".xls", ".xlsx", ".et", ".ppt", ".pptx", ".zip", ".txt",
)  # fmt: skip


def keep_evidence(store: Store, source: Path) -> Evidence:
    """Copies a file into the workspace, for an entry that names it when it is saved; changes no entry.

    Raises RefusedError(`evidence_form`, file), and as Store.evidence.add.
    """
    if source.suffix.lower() not in EVIDENCE_FORMS:
        raise RefusedError("evidence_form", file=source.name)
    return store.evidence.add(source, EVIDENCE_LIMIT)


def evidence_copy(store: Store, evidence: Evidence, folder: Path) -> Path:
    """A copy of a piece of evidence under its own name in `folder`, for a viewer; the kept file is never lent.

    Raises UnreadableError(`evidence_altered`), RefusedError: `evidence_form`(file) for what is no document,
    so that nothing out of a package is ever started; `folder_not_writable`(folder, reason).
    """
    _document_name(evidence)
    return packed_copy(evidence, store.evidence.read(evidence.digest), folder)


def packed_copy(evidence: Evidence, data: bytes, folder: Path) -> Path:
    """As `evidence_copy`, of content that was read out of a package and checked there."""
    name = _document_name(evidence)
    place = folder / evidence.digest[:12]
    try:
        place.mkdir(parents=True, exist_ok=True)
        copy = place / name
        copy.write_bytes(data)
    except OSError as error:
        raise write_fault(error, place) from error
    return copy


def _document_name(evidence: Evidence) -> str:
    """The name that a copy may bear. Raises RefusedError(`evidence_form`, file) for what is no document."""
    name = plain_name(evidence.name)
    if Path(name).suffix.lower() not in EVIDENCE_FORMS:
        raise RefusedError("evidence_form", file=name)
    return name
