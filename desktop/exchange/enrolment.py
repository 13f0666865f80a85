"""Invitation → request → certificate: how a unit comes to a key that its superior knows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from desktop.domain.codec import canonical_bytes
from desktop.domain.errors import UnreadableError
from desktop.domain.unit import Region, UnitKind, UnitRef
from desktop.exchange import certificates
from desktop.exchange.packages import REQUEST_FILE
from desktop.exchange.payload import need_files, read_crls, read_json, read_pem, wrong


@dataclass(frozen=True)
class InvitationPayload:
    """Who is invited by whom, and the root to trust once its fingerprint was compared. PEM throughout."""

    unit: UnitRef
    kind: UnitKind
    superior: UnitRef
    region: Region
    root: bytes
    chain: bytes
    crls: bytes
    crl_number: int


@dataclass(frozen=True)
class RequestPayload:
    """Which person of which unit asks for a certificate; `csr` is PEM."""

    unit: UnitRef
    person: str
    csr: bytes


@dataclass(frozen=True)
class CertificatePayload:
    """The certificate for a unit's key, with what leads from it to the root. PEM throughout."""

    unit: UnitRef
    certificate: bytes
    chain: bytes
    crls: bytes
    crl_number: int
    root: bytes


@dataclass(frozen=True)
class _Invitation:
    unit: UnitRef
    kind: UnitKind
    superior: UnitRef
    crl_number: int


@dataclass(frozen=True)
class _Request:
    unit: UnitRef
    person: str


@dataclass(frozen=True)
class _Certificate:
    unit: UnitRef
    crl_number: int


_TRUST_FILES = ("root.pem", "chain.pem", "crls.pem")


def write_invitation(payload: InvitationPayload) -> dict[str, bytes]:
    """The files of an invitation."""
    invitation = _Invitation(payload.unit, payload.kind, payload.superior, payload.crl_number)
    return {
        "invitation.json": canonical_bytes(invitation),
        "region.json": canonical_bytes(payload.region),
        "root.pem": payload.root,
        "chain.pem": payload.chain,
        "crls.pem": payload.crls,
    }


def read_invitation(files: Mapping[str, bytes]) -> InvitationPayload:
    """Raises UnreadableError(`package_content_wrong`, detail)."""
    need_files(files, ("invitation.json", "region.json", *_TRUST_FILES))
    invitation = read_json(files, "invitation.json", _Invitation)
    return InvitationPayload(
        unit=invitation.unit,
        kind=invitation.kind,
        superior=invitation.superior,
        region=read_json(files, "region.json", Region),
        root=read_pem(files, "root.pem"),
        chain=read_pem(files, "chain.pem"),
        crls=read_crls(files, "crls.pem"),
        crl_number=invitation.crl_number,
    )


def write_request(payload: RequestPayload) -> dict[str, bytes]:
    """The files of a request."""
    request = _Request(payload.unit, payload.person)
    return {"request.json": canonical_bytes(request), REQUEST_FILE: payload.csr}


def read_request(files: Mapping[str, bytes]) -> RequestPayload:
    """Raises UnreadableError(`package_content_wrong`, detail), also when the request is for another unit or person."""
    need_files(files, ("request.json", REQUEST_FILE))
    request = read_json(files, "request.json", _Request)
    try:
        facts = certificates.read_request(files[REQUEST_FILE])
    except UnreadableError:
        raise wrong(f"{REQUEST_FILE}: no request") from None
    if (facts.unit, facts.person) != (request.unit, request.person):
        raise wrong(f"{REQUEST_FILE}: for another unit or person")
    return RequestPayload(request.unit, request.person, files[REQUEST_FILE])


def write_certificate(payload: CertificatePayload) -> dict[str, bytes]:
    """The files of the answer to a request."""
    certificate = _Certificate(payload.unit, payload.crl_number)
    return {
        "certificate.json": canonical_bytes(certificate),
        "certificate.pem": payload.certificate,
        "root.pem": payload.root,
        "chain.pem": payload.chain,
        "crls.pem": payload.crls,
    }


def read_certificate(files: Mapping[str, bytes]) -> CertificatePayload:
    """Raises UnreadableError(`package_content_wrong`, detail), also when the certificate is for another unit."""
    need_files(files, ("certificate.json", "certificate.pem", *_TRUST_FILES))
    certificate = read_json(files, "certificate.json", _Certificate)
    pem = read_pem(files, "certificate.pem")
    try:
        named = certificates.certificate_facts(pem)
    except UnreadableError:
        raise wrong("certificate.pem: names nobody") from None
    if named.unit_code != certificate.unit.code:
        raise wrong("certificate.pem: for another unit")
    return CertificatePayload(
        unit=certificate.unit,
        certificate=pem,
        chain=read_pem(files, "chain.pem"),
        crls=read_crls(files, "crls.pem"),
        crl_number=certificate.crl_number,
        root=read_pem(files, "root.pem"),
    )
