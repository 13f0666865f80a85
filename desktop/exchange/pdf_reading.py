"""The reader's rules for a signed PDF, stricter than ISO 32000: one signature, certifying, over every byte.

The signature and its chain are checked on the raw bytes first; the PDF's structure is read only after
that, so that a file nobody trusted signed is not unpacked.
"""

from __future__ import annotations

import binascii
import hashlib
import logging
import re
import zlib
from dataclasses import dataclass, replace
from datetime import datetime
from io import BytesIO
from typing import Any

from cryptography import x509
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter, enumerate_sig_fields
from pyhanko.sign.validation import SignatureCoverageLevel

from desktop.domain.errors import UnreadableError
from desktop.domain.package import Signer, Verification
from desktop.exchange.certificates import facts_of
from desktop.exchange.cms import SignatureFacts, read_signature
from desktop.exchange.pdf_writing import ATTACHMENT, MAX_ATTACHMENT
from desktop.exchange.trust import Judgement, Trust, judge, judge_lists

_log = logging.getLogger(__name__)

MAX_PDF = 200 * 1024 * 1024
_MAX_LIST = 1024 * 1024
_MAX_REASON = 1000
_RANGE = re.compile(rb"/ByteRange\s*\[\s*(\d{1,10})\s+(\d{1,10})\s+(\d{1,10})\s+(\d{1,10})\s*\]")


@dataclass(frozen=True)
class _Raw:
    """What the bytes alone show."""

    ranges: tuple[int, int, int, int] = (0, 0, 0, 0)
    signature: SignatureFacts | None = None
    intact: bool | None = None
    whole: bool = False
    problems: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Inside:
    """What the PDF's structure shows once its bytes are known to be the signed ones."""

    problems: tuple[str, ...] = ()
    crls: tuple[x509.CertificateRevocationList, ...] = ()
    report: bytes | None = None
    reason: str = ""


def read_signed(pdf: bytes, trust: Trust | None, at: datetime) -> tuple[Verification, bytes | None]:
    """See `desktop.exchange.signing.verify_pdf`."""
    if not pdf.startswith(b"%PDF-"):
        raise UnreadableError("file_not_ours")
    if len(pdf) > MAX_PDF:
        raise UnreadableError("file_too_large", size=len(pdf), limit=MAX_PDF)
    raw = _raw(pdf)
    if raw.signature is None or not raw.intact:
        trusted = False if raw.intact is False and trust is not None else None
        return Verification("pdf", raw.intact, (), trusted, None, raw.whole, raw.problems), None
    judgement, inside = _judged(pdf, raw, raw.signature, trust, at)
    verification = Verification(
        kind="pdf",
        intact=True,
        signers=_signers(raw.signature),
        trusted=judgement.trusted,
        revocation=judgement.revocation,
        whole_file=raw.whole and not inside.problems,
        problems=tuple(dict.fromkeys((*raw.problems, *inside.problems, *judgement.problems))),
        reason=inside.reason,
    )
    sound = verification.whole_file and judgement.trusted is not False
    return verification, inside.report if sound else None


def _judged(
    pdf: bytes, raw: _Raw, facts: SignatureFacts, trust: Trust | None, at: datetime
) -> tuple[Judgement, _Inside]:
    """The chain first; then, unless it fails, the structure with the lists of revoked certificates in it."""
    judgement = judge(facts.certificate, facts.others, (), trust, at)
    if raw.whole and judgement.trusted is not False:
        inside = _inside(pdf, raw.ranges)
        return judge_lists(judgement, inside.crls, trust, at), inside
    # Lists that were not read are not missing.
    problems = tuple(problem for problem in judgement.problems if problem != "crl_missing")
    return replace(judgement, problems=problems), _Inside()


def _signers(facts: SignatureFacts) -> tuple[Signer, ...]:
    try:
        return (facts_of(facts.certificate),)
    except UnreadableError:
        return ()


def _raw(pdf: bytes) -> _Raw:
    """One signature over everything but itself, with nothing after it and nothing beside it."""
    found = [tuple(int(number) for number in match.groups()) for match in _RANGE.finditer(pdf)]
    if not found:
        return _Raw(problems=("pdf_not_signed",))
    start, before, resume, after = found[0]
    problems = [] if len(found) == 1 else ["signature_fields_wrong"]
    end = resume + after
    whole = len(found) == 1 and end == len(pdf)
    if start != 0 or not 0 < before < resume < end <= len(pdf):
        return _Raw(intact=False, problems=(*problems, "signature_damaged"))
    if end < len(pdf):
        problems.append("unsigned_bytes_after")
    try:
        facts = read_signature(_contents(pdf[before:resume]))
    except ValueError:
        return _Raw(intact=False, problems=(*problems, "signature_damaged"))
    digest = hashlib.sha256(pdf[:before])
    digest.update(pdf[resume:end])
    intact = facts.good and facts.digest == digest.digest()
    if not intact:
        problems.append("content_altered")
    return _Raw((start, before, resume, after), facts, intact, whole, tuple(problems))


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


def _inside(pdf: bytes, ranges: tuple[int, int, int, int]) -> _Inside:
    try:
        return _structure(pdf, ranges)
    except Exception:  # a hostile PDF makes the parser raise many kinds
        _log.debug("a PDF with a good signature could not be read", exc_info=True)
        return _Inside(("pdf_damaged",))


def _structure(pdf: bytes, ranges: tuple[int, int, int, int]) -> _Inside:
    reader = PdfFileReader(BytesIO(pdf), strict=True)
    fields = list(enumerate_sig_fields(reader))
    signatures = reader.embedded_signatures
    if reader.encrypted or len(fields) != 1 or len(signatures) != 1:
        return _Inside(("signature_fields_wrong",))
    signature = signatures[0]
    problems = []
    if tuple(int(n) for n in signature.byte_range) != ranges:
        problems.append("signature_fields_wrong")
    if signature.sig_object.get("/SubFilter") != SigSeedSubFilter.PADES.value:
        problems.append("signature_kind_wrong")
    if signature.docmdp_level != MDPPerm.FILL_FORMS or "/DocMDP" not in reader.root.get("/Perms", {}):
        problems.append("signature_not_certifying")
    signature.compute_integrity_info()
    summary = signature.summarise_integrity_info()
    if summary["coverage"] != SignatureCoverageLevel.ENTIRE_FILE or not summary["docmdp_ok"]:
        problems.append("unsigned_bytes_after")
    report, problem = _attachment(reader)
    reason = str(signature.sig_object.get("/Reason", ""))[:_MAX_REASON]
    return _Inside((*problems, *problem), _lists(reader), report, reason)


def _lists(reader: Any) -> tuple[x509.CertificateRevocationList, ...]:
    """The lists of revoked certificates in the document security store, uncompressed as we write them."""
    if "/DSS" not in reader.root or "/CRLs" not in reader.root["/DSS"]:
        return ()
    streams = [entry.get_object() for entry in reader.root["/DSS"]["/CRLs"]]
    if any("/Filter" in stream or len(stream.encoded_data) > _MAX_LIST for stream in streams):
        return ()
    return tuple(x509.load_der_x509_crl(bytes(stream.encoded_data)) for stream in streams)


def _attachment(reader: Any) -> tuple[bytes | None, tuple[str, ...]]:
    """The one file of the one name, unpacked within bounds; or what is wrong with it."""
    if "/AF" not in reader.root:
        return None, ()
    associated = [entry.get_object() for entry in reader.root["/AF"]]
    if len(associated) != 1 or associated[0]["/UF"] != ATTACHMENT:
        return None, ("attachment_wrong",)
    if associated[0].get("/AFRelationship") != "/Data":
        return None, ("attachment_wrong",)
    stream = associated[0]["/EF"]["/UF"]
    kind = stream.get("/Filter")
    kinds = [kind] if isinstance(kind, str) else list(kind or ())
    if kinds not in ([], ["/FlateDecode"]) or "/DecodeParms" in stream:
        return None, ("attachment_wrong",)
    packed = bytes(stream.encoded_data)
    if not kinds:
        return (packed, ()) if len(packed) <= MAX_ATTACHMENT else (None, ("attachment_too_large",))
    unpacking = zlib.decompressobj()
    content = unpacking.decompress(packed, MAX_ATTACHMENT)
    if unpacking.unconsumed_tail or unpacking.decompress(b"", 1):
        return None, ("attachment_too_large",)
    return (content, ()) if unpacking.eof else (None, ("attachment_wrong",))
