"""Puts signatures on a PDF (PAdES B-B, ETSI EN 319 142-1): the first certifies it, data, lists of revoked ones and the
empty fields of all who sign after it inside; the others each fill their field in an update of their own.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any

from cryptography.hazmat.primitives.serialization import Encoding
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import (
    InvisSigSettings,
    MDPPerm,
    SigFieldSpec,
    SigSeedSubFilter,
    VisibleSigSettings,
    append_signature_field,
    enumerate_sig_fields,
)
from pyhanko.sign.signers.cms_embedder import PdfCMSEmbedder, SigIOSetup, SigMDPSetup, SigObjSetup
from pyhanko.sign.signers.pdf_byterange import PdfSignedData

from desktop.domain.errors import RefusedError, UnreadableError
from desktop.domain.identity import SignRole
from desktop.domain.signatures import FIELDS, Box, FieldPlace
from desktop.exchange.pdf_attachment import attach, require_fits

if TYPE_CHECKING:
    from desktop.exchange.unlocking import SigningIdentity

_ROOM = 2048  # bytes beside the certificates: attributes, signature, wrapping


def write_signature(
    pdf: bytes,
    identity: SigningIdentity,
    report_json: bytes | None,
    reason: str,
    places: Sequence[FieldPlace],
    look: bytes,
    at: datetime,
) -> bytes:
    """See `desktop.exchange.signing.sign_pdf`."""
    if report_json is not None:
        require_fits(report_json)
    writer = _writer(pdf)
    if report_json is not None:
        attach(writer, report_json, at.astimezone(UTC))
    _embed_lists(writer, identity)
    for place in places:
        _add_field(writer, place)
    certifying = SigMDPSetup("sha256", certify=True, docmdp_perms=MDPPerm.FILL_FORMS)
    return _signed(writer, identity, reason, FIELDS[places[0].role], certifying, look, at)


def write_next_signature(
    pdf: bytes, identity: SigningIdentity, reason: str, role: SignRole, look: bytes, at: datetime
) -> bytes:
    """See `desktop.exchange.signing.sign_next`."""
    field = FIELDS[role]
    try:
        writer = _Revision(BytesIO(pdf))
        fields = [(name, value) for name, value, _ in enumerate_sig_fields(writer)]
    except (PdfError, ValueError, KeyError, TypeError) as error:
        raise UnreadableError("pdf_damaged") from error
    if field != next((name for name, value in fields if value is None), None):
        raise RefusedError("pdf_signature_out_of_turn", field=field)
    return _signed(writer, identity, reason, field, SigMDPSetup("sha256"), look, at)


class _Revision(IncrementalPdfFileWriter):  # type: ignore[misc]
    """Writes the objects of one more signature, and nothing else."""

    def _update_meta(self) -> None:
        """Info dictionary and XMP stay as the document says them, by its own day: when it was signed, the signature says."""


def _add_field(writer: Any, place: FieldPlace) -> None:
    """An empty signature field, made before the first signature, so that the later ones only fill theirs."""
    box = _whole(place.box)
    append_signature_field(
        writer,
        SigFieldSpec(
            FIELDS[place.role],
            on_page=place.page,
            box=box,
            invis_sig_settings=InvisSigSettings(),
            visible_sig_settings=VisibleSigSettings(),
        ),
    )
    if box is not None:
        _show(writer, writer.root["/AcroForm"]["/Fields"][-1], box, b"")


def _whole(box: Box | None) -> tuple[int, int, int, int] | None:
    """In whole points; None where there is nothing to see."""
    if box is None or box[0] >= box[2] or box[1] >= box[3]:
        return None
    left, bottom, right, top = (round(edge) for edge in box)
    return left, bottom, right, top


def _signed(
    writer: Any,
    identity: SigningIdentity,
    reason: str,
    field: str,
    setup: SigMDPSetup,
    look: bytes,
    at: datetime,
) -> bytes:
    """The file with the empty field of that name signed."""
    steps = PdfCMSEmbedder().write_cms(field, writer, existing_fields_only=True)
    place = next(steps).get_object()
    left, bottom, right, top = (round(float(edge)) for edge in place["/Rect"])
    if look and right > left and top > bottom:
        _show(writer, place, (left, bottom, right, top), look)
    placeholder = PdfSignedData(
        pdf_name("/Sig"),
        SigSeedSubFilter.PADES,
        timestamp=at.astimezone(UTC),
        bytes_reserved=_reserved(identity),
    )
    placeholder["/Name"] = generic.pdf_string(identity.signer.name)
    placeholder["/Reason"] = generic.pdf_string(reason)
    steps.send(SigObjSetup(placeholder, setup))
    prepared, output = steps.send(SigIOSetup("sha256"))
    steps.send(identity.sign(prepared.document_digest, None, with_crls=False))
    return bytes(output.getvalue())


def _writer(pdf: bytes) -> Any:
    """Raises UnreadableError(`pdf_damaged`), RefusedError(`pdf_already_signed`)."""
    try:
        writer = _Revision(BytesIO(pdf))
        signed = next(iter(enumerate_sig_fields(writer)), None) is not None
    except (PdfError, ValueError, KeyError, TypeError) as error:
        raise UnreadableError("pdf_damaged") from error
    if signed:
        raise RefusedError("pdf_already_signed")
    return writer


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


def _show(writer: Any, field: Any, box: tuple[int, int, int, int], look: bytes) -> None:
    """What is seen at the field's place: the page of `look`, or nothing: room for ink and seal, and no face
    that is not embedded.
    """
    left, bottom, right, top = box
    resources, content = generic.DictionaryObject(), b""
    if look:
        page = PdfFileReader(BytesIO(look)).root["/Pages"]["/Kids"][0]
        resources, content = writer.import_object(page["/Resources"]), page["/Contents"].data
    shown = generic.StreamObject(
        {
            pdf_name("/Type"): pdf_name("/XObject"),
            pdf_name("/Subtype"): pdf_name("/Form"),
            pdf_name("/BBox"): generic.ArrayObject(
                generic.NumberObject(edge) for edge in (0, 0, right - left, top - bottom)
            ),
            pdf_name("/Resources"): resources,
        },
        stream_data=content,
    )
    field[pdf_name("/AP")] = generic.DictionaryObject({pdf_name("/N"): writer.add_object(shown)})
    writer.update_container(field)


def _reserved(identity: SigningIdentity) -> int:
    """Hex digits to keep free for the signature."""
    parts = [c.public_bytes(Encoding.DER) for c in (identity.certificate, *identity.chain)]
    return 2 * (_ROOM + sum(len(part) for part in parts))
