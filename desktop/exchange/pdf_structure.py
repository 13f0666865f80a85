"""What the structure of a signed PDF shows, once its bytes are known to be the signed ones.

The set of fields is exactly what the document inside asks for. The first signature certifies; each later revision puts
a value and a look into its own field, and touches nothing else that was there before.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from cryptography import x509
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter, enumerate_sig_fields
from pyhanko.sign.validation import SignatureCoverageLevel

from desktop.domain.codec import parse_json
from desktop.domain.identity import SignRole
from desktop.domain.report import ReportDocument
from desktop.domain.signatures import CO_SIGNERS, FIELDS, in_order, signing_order
from desktop.exchange.pdf_attachment import read_attachment
from desktop.exchange.pdf_revisions import Revision

_log = logging.getLogger(__name__)

_MAX_LIST = 1024 * 1024
_MAX_REASON = 1000
_MAX_MOMENT = 40
_FILLED = {"/V", "/AP"}


@dataclass(frozen=True)
class Inside:
    """`roles` and `moments` (as the PDF claims them) of the signatures in their order, empty where they are not all there;
    `reason` is the last one's.
    """

    problems: tuple[str, ...] = ()
    crls: tuple[x509.CertificateRevocationList, ...] = ()
    report: bytes | None = None
    reason: str = ""
    roles: tuple[SignRole, ...] = ()
    moments: tuple[str, ...] = ()


def read_structure(pdf: bytes, revisions: Sequence[Revision]) -> Inside:
    """Never raises: what cannot be read is a problem (`pdf_damaged`)."""
    try:
        return _structure(pdf, revisions)
    except Exception:  # a hostile PDF makes the parser raise many kinds
        _log.debug("a PDF with good signatures could not be read", exc_info=True)
        return Inside(("pdf_damaged",))


def _structure(pdf: bytes, revisions: Sequence[Revision]) -> Inside:
    reader = PdfFileReader(BytesIO(pdf), strict=True)
    # Data and lists come out of what the first signature certified, whatever stands behind it.
    first = reader if len(revisions) == 1 else PdfFileReader(BytesIO(pdf[: revisions[0].end]), strict=True)
    report, problem = read_attachment(first)
    roles, lists = signing_order(_asked(report)), _lists(first)
    signatures = reader.embedded_signatures
    if odd := _odd_fields(reader, signatures, [FIELDS[role] for role in roles], revisions):
        return Inside((odd,), lists)
    problems = [*_kinds(reader, signatures), *_coverage(reader, signatures)]
    if not _only_filled(reader, signatures):
        problems.append("signed_pdf_changed")
    reason = str(signatures[-1].sig_object.get("/Reason", ""))[:_MAX_REASON]
    moments = tuple(_moment(s) for s in signatures)
    return Inside((*dict.fromkeys(problems), *problem), lists, report, reason, roles, moments)


def _odd_fields(
    reader: Any, signatures: Sequence[Any], wanted: Sequence[str], revisions: Sequence[Revision]
) -> str:
    """What is wrong with the set of fields or the order in which they were signed; empty when nothing is."""
    fields = [(name, value is not None) for name, value, _ in enumerate_sig_fields(reader)]
    if reader.encrypted or [name for name, _ in fields] != wanted:
        return "signature_fields_wrong"
    if not all(signed for _, signed in fields):
        return "signatures_missing"
    ranges = [tuple(int(number) for number in s.byte_range) for s in signatures]
    if [s.field_name for s in signatures] != wanted or ranges != [r.ranges for r in revisions]:
        return "signature_fields_wrong"
    return ""


def _asked(report: bytes | None) -> tuple[SignRole, ...]:
    """Who had to sign before the issuer, by the report that is inside; nobody where there is another document."""
    try:
        asked = parse_json(report or b"", ReportDocument).co_signers
    except ValueError:
        return ()
    return asked if in_order(asked) else CO_SIGNERS


def _moment(signature: Any) -> str:
    claimed = signature.self_reported_timestamp
    return claimed.isoformat()[:_MAX_MOMENT] if claimed is not None else ""


def _kinds(reader: Any, signatures: Sequence[Any]) -> list[str]:
    """The first certifies and leaves only forms to be filled, the others approve and lock nothing."""
    problems = []
    if any(s.sig_object.get("/SubFilter") != SigSeedSubFilter.PADES.value for s in signatures):
        problems.append("signature_kind_wrong")
    certified = signatures[0].docmdp_level == MDPPerm.FILL_FORMS
    permissions = reader.root.get("/Perms", {})
    named = "/DocMDP" in permissions and permissions["/DocMDP"] == signatures[0].sig_object
    if not certified or not named:
        problems.append("signature_not_certifying")
    if any("/Reference" in s.sig_object for s in signatures[1:]):
        problems.append("signature_kind_wrong")
    return problems


def _coverage(reader: Any, signatures: Sequence[Any]) -> list[str]:
    """One revision for each signature, none between or behind; what follows the first is within what it allows."""
    problems = []
    numbers = [s.signed_revision for s in signatures]
    if numbers != list(range(reader.xrefs.total_revisions - len(numbers), reader.xrefs.total_revisions)):
        problems.append("unsigned_bytes_after")
    for signature in signatures:
        last = signature is signatures[-1]
        wanted = SignatureCoverageLevel.ENTIRE_FILE if last else SignatureCoverageLevel.ENTIRE_REVISION
        signature.compute_integrity_info()
        summary = signature.summarise_integrity_info()
        if summary["coverage"] != wanted or not summary["docmdp_ok"]:
            problems.append("unsigned_bytes_after" if last else "signed_pdf_changed")
    return problems


def _only_filled(reader: Any, signatures: Sequence[Any]) -> bool:
    """Whether each later revision replaced one object, its own field, in which only value and look are new."""
    for signature in signatures[1:]:
        number = signature.signed_revision
        before = reader.get_historical_resolver(number - 1)
        after = reader.get_historical_resolver(number)
        replaced = {
            ref
            for ref in reader.xrefs.explicit_refs_in_revision(number)
            if not before.is_ref_unassignable(ref)
        }
        own = _field_ref(after, signature.field_name)
        if replaced != {own} or reader.xrefs.refs_freed_in_revision(number):
            return False
        old, new = before(own), after(own)
        if any(old.get(key) != new.get(key) for key in (old.keys() | new.keys()) - _FILLED):
            return False
        trailers = [view.trailer_view for view in (before, after)]
        if any(trailers[0].raw_get(key) != trailers[1].raw_get(key) for key in ("/Root", "/Info")):
            return False
    return True


def _field_ref(resolver: Any, name: str) -> Any:
    return next(ref for found, _, ref in enumerate_sig_fields(resolver) if found == name).reference


def _lists(reader: Any) -> tuple[x509.CertificateRevocationList, ...]:
    """The lists of revoked certificates in the document security store, uncompressed as we write them."""
    if "/DSS" not in reader.root or "/CRLs" not in reader.root["/DSS"]:
        return ()
    streams = [entry.get_object() for entry in reader.root["/DSS"]["/CRLs"]]
    if any("/Filter" in stream or len(stream.encoded_data) > _MAX_LIST for stream in streams):
        return ()
    return tuple(x509.load_der_x509_crl(bytes(stream.encoded_data)) for stream in streams)
