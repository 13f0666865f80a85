"""Puts a certifying signature on a PDF (PAdES B-B, ETSI EN 319 142-1), data and lists of revoked ones inside."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any

from cryptography.hazmat.primitives.serialization import Encoding
from pyhanko.pdf_utils import embed, generic
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.sign.fields import (
    InvisSigSettings,
    MDPPerm,
    SigFieldSpec,
    SigSeedSubFilter,
    VisibleSigSettings,
    enumerate_sig_fields,
)
from pyhanko.sign.signers.cms_embedder import PdfCMSEmbedder, SigIOSetup, SigMDPSetup, SigObjSetup
from pyhanko.sign.signers.pdf_byterange import PdfSignedData

from desktop.domain.errors import RefusedError, UnreadableError

if TYPE_CHECKING:
    from desktop.exchange.signing import SigningIdentity

ATTACHMENT = "report.json"
MAX_ATTACHMENT = 20 * 1024 * 1024
_ROOM = 2048  # bytes beside the certificates: attributes, signature, wrapping


def write_signature(
    pdf: bytes,
    identity: SigningIdentity,
    report_json: bytes | None,
    reason: str,
    field: str,
    box: tuple[float, float, float, float] | None,
    page: int,
    at: datetime,
) -> bytes:
    """See `desktop.exchange.signing.sign_pdf`."""
    if report_json is not None and len(report_json) > MAX_ATTACHMENT:
        raise RefusedError("report_too_large", size=len(report_json), limit=MAX_ATTACHMENT)
    moment = at.astimezone(UTC)
    if box is not None and (box[0] >= box[2] or box[1] >= box[3]):
        box = None
    writer = _writer(pdf)
    if report_json is not None:
        _attach(writer, report_json, moment)
    _embed_lists(writer, identity)
    spec = SigFieldSpec(
        field,
        on_page=page,
        box=None if box is None else tuple(round(edge) for edge in box),
        invis_sig_settings=InvisSigSettings(),
        visible_sig_settings=VisibleSigSettings(),
    )
    steps = PdfCMSEmbedder(new_field_spec=spec).write_cms(field, writer)
    place = next(steps).get_object()
    if box is not None:
        _leave_blank(writer, place, box)
    placeholder = PdfSignedData(
        pdf_name("/Sig"), SigSeedSubFilter.PADES, timestamp=moment, bytes_reserved=_reserved(identity)
    )
    placeholder["/Name"] = generic.pdf_string(identity.signer.name)
    placeholder["/Reason"] = generic.pdf_string(reason)
    certifying = SigMDPSetup("sha256", certify=True, docmdp_perms=MDPPerm.FILL_FORMS)
    steps.send(SigObjSetup(placeholder, certifying))
    prepared, output = steps.send(SigIOSetup("sha256"))
    steps.send(identity.sign(prepared.document_digest, None, with_crls=False))
    return bytes(output.getvalue())


def _writer(pdf: bytes) -> Any:
    """Raises UnreadableError(`pdf_damaged`), RefusedError(`pdf_already_signed`)."""
    try:
        writer = IncrementalPdfFileWriter(BytesIO(pdf))
        signed = next(iter(enumerate_sig_fields(writer)), None) is not None
    except (PdfError, ValueError, KeyError, TypeError) as error:
        raise UnreadableError("pdf_damaged") from error
    if signed:
        raise RefusedError("pdf_already_signed")
    return writer


def _attach(writer: Any, report_json: bytes, at: datetime) -> None:
    """As an associated file (ISO 32000-2, 14.13), so that paper and data cannot disagree."""
    content = embed.EmbeddedFileObject.from_file_data(
        writer,
        report_json,
        mime_type="application/json",
        params=embed.EmbeddedFileParams(creation_date=at, modification_date=at),
    )
    relationship = pdf_name("/Data")
    embed.embed_file(writer, embed.FileSpec(ATTACHMENT, ATTACHMENT, content, None, relationship))


def _embed_lists(writer: Any, identity: SigningIdentity) -> None:
    """A document security store within the signed revision: whoever checks needs no network.

    Streams stay uncompressed, so that a reader need not unpack what it does not trust yet.
    """
    if not identity.crls:
        return
    store = generic.DictionaryObject({pdf_name("/Type"): pdf_name("/DSS")})
    certificates = [c.public_bytes(Encoding.DER) for c in (identity.certificate, *identity.chain)]
    lists = [crl.public_bytes(Encoding.DER) for crl in identity.crls]
    for name, parts in (("/Certs", certificates), ("/CRLs", lists)):
        streams = [writer.add_object(generic.StreamObject(stream_data=part)) for part in parts]
        store[pdf_name(name)] = generic.ArrayObject(streams)
    writer.root[pdf_name("/DSS")] = writer.add_object(store)
    writer.update_root()


def _leave_blank(writer: Any, field: Any, box: tuple[float, float, float, float]) -> None:
    """The place on paper shows nothing of ours: room for ink and seal, and no face that is not embedded."""
    left, bottom, right, top = (round(edge) for edge in box)
    blank = generic.StreamObject(
        {
            pdf_name("/Type"): pdf_name("/XObject"),
            pdf_name("/Subtype"): pdf_name("/Form"),
            pdf_name("/BBox"): generic.ArrayObject(
                generic.NumberObject(edge) for edge in (0, 0, right - left, top - bottom)
            ),
            pdf_name("/Resources"): generic.DictionaryObject(),
        },
        stream_data=b"",
    )
    annotations = field.get("/Kids") or [field]
    annotation = annotations[0].get_object() if hasattr(annotations[0], "get_object") else annotations[0]
    annotation[pdf_name("/AP")] = generic.DictionaryObject({pdf_name("/N"): writer.add_object(blank)})
    writer.update_container(annotation)


def _reserved(identity: SigningIdentity) -> int:
    """Hex digits to keep free for the signature."""
    parts = [c.public_bytes(Encoding.DER) for c in (identity.certificate, *identity.chain)]
    return 2 * (_ROOM + sum(len(part) for part in parts))
