"""What the bytes of a signed PDF alone show: revision upon revision, each ended by one signature over all before it."""

from __future__ import annotations

import binascii
import hashlib
import re
from dataclasses import dataclass

from desktop.domain.signatures import FIELDS
from desktop.exchange.cms import SignatureFacts, read_signature

MOST = len(FIELDS)
_RANGE = re.compile(rb"/ByteRange\s*\[\s*(\d{1,10})\s+(\d{1,10})\s+(\d{1,10})\s+(\d{1,10})\s*\]")


@dataclass(frozen=True)
class Revision:
    """A stretch of the file that one signature ends: `ranges` as in the PDF, `facts` of a signature of the profile."""

    ranges: tuple[int, int, int, int]
    facts: SignatureFacts
    intact: bool

    @property
    def end(self) -> int:
        return self.ranges[2] + self.ranges[3]


@dataclass(frozen=True)
class Raw:
    """`intact` None where nothing is signed; `whole`: every byte of the file is within a signed revision."""

    revisions: tuple[Revision, ...] = ()
    intact: bool | None = None
    whole: bool = False
    problems: tuple[str, ...] = ()


def read_revisions(pdf: bytes) -> Raw:
    """One to three signatures, each over everything before it but itself, with nothing behind the last."""
    found = list(_RANGE.finditer(pdf))
    if not found:
        return Raw(problems=("pdf_not_signed",))
    problems = ["signature_fields_wrong"] if len(found) > MOST else []
    revisions: list[Revision] = []
    for match in found[:MOST]:
        behind = revisions[-1].end if revisions else 0
        revision = _revision(pdf, match, behind)
        if revision is None:
            return Raw(intact=False, problems=(*problems, "signature_damaged"))
        revisions.append(revision)
    end = revisions[-1].end
    if end < len(pdf):
        problems.append("unsigned_bytes_after")
    intact = all(revision.intact for revision in revisions)
    if not intact:
        problems.append("content_altered")
    whole = len(found) <= MOST and end == len(pdf)
    return Raw(tuple(revisions), intact, whole, tuple(problems))


def _revision(pdf: bytes, match: re.Match[bytes], behind: int) -> Revision | None:
    """The revision that begins at `behind`; None where its signature does not lie in it or fits no profile."""
    start, before, resume, after = (int(number) for number in match.groups())
    end = resume + after
    # Range and signature stand in the very stretch that they end, so that no two can share or leave out bytes.
    if start != 0 or not behind <= match.start() or not behind < before < resume < end <= len(pdf):
        return None
    if match.end() > end:
        return None
    try:
        facts = read_signature(_contents(pdf[before:resume]))
    except ValueError:
        return None
    view = memoryview(pdf)
    digest = hashlib.sha256(view[:before])
    digest.update(view[resume:end])
    return Revision((start, before, resume, after), facts, facts.good and facts.digest == digest.digest())


def _contents(gap: bytes) -> bytes:
    """The signature out of the only bytes that it does not cover: upper-case hex digits, zeros to the end.

    Raises ValueError when anything else is there, which would be a place to hide something.
    """
    padded = binascii.unhexlify(gap[1:-1])
    if gap != b"<" + binascii.hexlify(padded).upper() + b">":
        raise ValueError("other bytes beside the signature")
    length = _der_length(padded)
    if padded[length:].strip(b"\0"):
        raise ValueError("other bytes behind the signature")
    return padded[:length]


def _der_length(data: bytes) -> int:
    """How long the DER value at the beginning is. Raises ValueError."""
    if len(data) < 6 or data[0] != 0x30 or not 0x81 <= data[1] <= 0x84:
        raise ValueError("no DER")
    digits = data[1] - 0x80
    length = 2 + digits + int.from_bytes(data[2 : 2 + digits], "big")
    if length > len(data):
        raise ValueError("cut off")
    return length
