"""Which faces a paper was set in: said beside it, because they differ from PC to PC."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class FaceRole(StrEnum):
    """What a typeface is for: title, headings of the first level, those of the second and the issuer's name in the head, body, tables
    and page numbers, heads of tables, small print.
    """

    TITLE = "title"
    HEADING = "heading"
    SUBHEADING = "subheading"
    BODY = "body"
    TABLE = "table"
    STRONG = "strong"
    NOTE = "note"


class FaceLack(StrEnum):
    """Why the face that a role is meant to have was not taken."""

    ABSENT = "absent"
    FORBIDDEN = "forbidden"
    DAMAGED = "damaged"


@dataclass(frozen=True)
class FaceUse:
    """The face of a role, whether this PC has it or the program brings it, why it is not the one that was meant, and
    the names of those that drew what it has not.
    """

    role: FaceRole
    face: str
    installed: bool
    lack: FaceLack | None = None
    others: tuple[str, ...] = ()


@dataclass(frozen=True)
class PaperFaces:
    """All that one file used."""

    uses: tuple[FaceUse, ...] = ()
