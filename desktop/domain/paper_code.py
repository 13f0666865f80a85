"""The code at the foot of a printed page, as people type it: evened, or told what is wrong with it.

RFC 4648's base32 has neither 0, 1, 8 nor 9: they are read as the letters that they look like.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime
from itertools import product

from desktop.domain.bulletin import ExportedBulletin
from desktop.domain.errors import UnreadableError

CODE_LENGTH = 16
DIGEST_LENGTH = 64
# From here on it is meant as the full digest out of the QR code.
_LONG = 33
_BETWEEN = re.compile(r"[\s\-‐‑‒–—―−─_.·・,，、:：;；/|]+")
_NAMED = re.compile("^(核对码|摘要值|SHA-?256)+", re.IGNORECASE)
_LOOK_ALIKE = {"0": "O", "1": "IL", "8": "B"}
_IN_DIGEST = {"O": "0", "I": "1", "L": "1"}
_SIGNS = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")
_HEX = frozenset("0123456789ABCDEF")
# More of them in one code than a slip of the eye explains.
_MOST_DOUBTFUL = 6


@dataclass(frozen=True)
class TypedCode:
    """What was typed, in the form it is printed in.

    `candidates`: what it may stand for, one unless a 1 can be I or L; a digest is one of 64 lower-case hex digits.
    `mended`: signs that cannot stand in it, and what they were read as.
    """

    candidates: tuple[str, ...]
    full: bool = False
    mended: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class PaperCopy:
    """A submission whose prints bear the code.

    `state`: a ReportState, or `waiting`, `refused` for a file in the inbox that nobody has taken in; `came_at`: when
    it was received here, or carried out where it was made; `later`: the newest revision of the same quarter
    after it, 0 where it is the newest; `taken_back`: its unit withdrew it after it was decided on.
    """

    code: str
    digest: str
    unit_code: str
    unit_name: str
    plan_title: str
    quarter: str
    revision: int
    state: str
    own: bool
    came_at: datetime | None = None
    decided_at: datetime | None = None
    reason: str = ""
    problem: str = ""
    later: int = 0
    taken_back: bool = False


@dataclass(frozen=True)
class PaperBulletin:
    """A 通报 of this workspace whose prints bear the code.

    `files`: every PDF of these data, the first exported first; `later`: when other data of the same quarter were last
    exported after them, None where these are the newest.
    """

    issuer: str
    files: tuple[ExportedBulletin, ...]
    later: datetime | None = None

    @property
    def first(self) -> ExportedBulletin:
        return self.files[0]

    @property
    def code(self) -> str:
        return self.first.code


@dataclass(frozen=True)
class NearCopy:
    """A submission or bulletin whose code differs from the typed one at just these places, counted from 1."""

    copy: PaperCopy | PaperBulletin
    places: tuple[int, ...]


@dataclass(frozen=True)
class Recognised:
    """What a typed code stands for here. `looked_at`: how many submissions were compared; `unread`: files that could not be.

    `bulletins_at`: how many bulletins were compared, None where the unit issues none.
    """

    typed: TypedCode
    copies: tuple[PaperCopy, ...]
    near: tuple[NearCopy, ...] = ()
    looked_at: int = 0
    unread: int = 0
    bulletins: tuple[PaperBulletin, ...] = ()
    bulletins_at: int | None = None

    @property
    def known(self) -> bool:
        return bool(self.copies or self.bulletins)


def read_typed(text: str) -> TypedCode:
    """Reads a typed code or digest. Case, width, spaces and hyphens do not matter.

    Raises UnreadableError: `paper_code_empty`, `paper_code_sign`(sign, place), `paper_code_length`(length, wanted),
    `paper_digest_sign`(sign, place), `paper_digest_length`(length, wanted).
    """
    even = unicodedata.normalize("NFKC", text).upper().strip()
    even = _NAMED.sub("", _BETWEEN.sub("", even))
    if not even:
        raise UnreadableError("paper_code_empty")
    return _digest(even) if len(even) >= _LONG else _code(even)


def grouped(code: str) -> str:
    """A code's 16 signs in groups of four, as printed."""
    return "-".join(code[i : i + 4] for i in range(0, len(code), 4))


def differences(one: str, other: str) -> tuple[int, ...]:
    """The places, counted from 1, at which two codes of one length differ; hyphens do not count."""
    pairs = zip(one.replace("-", ""), other.replace("-", ""), strict=True)
    return tuple(place for place, (a, b) in enumerate(pairs, start=1) if a != b)


def _code(even: str) -> TypedCode:
    for place, sign in enumerate(even, start=1):
        if sign not in _SIGNS and sign not in _LOOK_ALIKE:
            raise UnreadableError("paper_code_sign", sign=sign, place=place)
    if len(even) != CODE_LENGTH:
        raise UnreadableError("paper_code_length", length=len(even), wanted=CODE_LENGTH)
    if even.count("1") > _MOST_DOUBTFUL:
        raise UnreadableError("paper_code_sign", sign="1", place=even.index("1") + 1)
    options = [_LOOK_ALIKE.get(sign, sign) for sign in even]
    mended = {sign: " / ".join(_LOOK_ALIKE[sign]) for sign in even if sign in _LOOK_ALIKE}
    candidates = tuple(grouped("".join(signs)) for signs in product(*options))
    return TypedCode(candidates, mended=tuple(sorted(mended.items())))


def _digest(even: str) -> TypedCode:
    read = "".join(_IN_DIGEST.get(sign, sign) for sign in even)
    for place, sign in enumerate(read, start=1):
        if sign not in _HEX:
            raise UnreadableError("paper_digest_sign", sign=sign, place=place)
    if len(read) != DIGEST_LENGTH:
        raise UnreadableError("paper_digest_length", length=len(read), wanted=DIGEST_LENGTH)
    mended = {sign: _IN_DIGEST[sign] for sign in even if sign in _IN_DIGEST}
    return TypedCode((read.lower(),), True, tuple(sorted(mended.items())))
