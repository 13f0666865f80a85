"""One city's authority and one county's key, made once: few rounds here, and nowhere else."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from desktop.domain.identity import SignRole
from desktop.domain.package import FORMAT, PackageHeader, PackageKind
from desktop.domain.unit import UnitRef
from desktop.exchange.certificates import CityAuthority, create_authority, create_request, issue_certificate
from desktop.exchange.trust import Trust
from desktop.exchange.unlocking import SigningIdentity, unlock

ROUNDS = 1000
NOW = datetime(2026, 4, 8, 9, 30, tzinfo=UTC)
CITY = UnitRef("YC", "云川市生态环境局")
COUNTY = UnitRef("YC-QH", "清禾县人民政府")


@dataclass(frozen=True)
class Office:
    """What the tests sign with: the city's keys, the county's key, its request and its certificate."""

    authority: CityAuthority
    key_blob: bytes
    csr: bytes
    certificate: bytes
    county: SigningIdentity
    city: SigningIdentity
    applicant: SigningIdentity
    trust: Trust


def make_office(now: datetime = NOW) -> Office:
    authority = create_authority(CITY, "陈芳", "城市 口令", ROUNDS, now)
    key_blob, csr = create_request(COUNTY, "王建国", "县里口令", ROUNDS, now)
    certificate = issue_certificate(csr, COUNTY, authority.issuing_key, authority.issuing, "城市 口令", now)
    chain, crls = authority.issuing, authority.crls
    return Office(
        authority=authority,
        key_blob=key_blob,
        csr=csr,
        certificate=certificate,
        county=unlock(key_blob, certificate, chain, crls, "县里口令"),
        city=unlock(authority.signer_key, authority.signer, chain, crls, "城市 口令"),
        applicant=unlock(key_blob, b"", b"", b"", "县里口令"),
        trust=Trust(authority.root),
    )


def person_of(
    office: Office, role: SignRole, person: str, unit: UnitRef = COUNTY, now: datetime = NOW
) -> SigningIdentity:
    """Another person of a unit, with the office's certificate for a role and few rounds."""
    authority = office.authority
    key, csr = create_request(unit, person, "县里口令", ROUNDS, now, role)
    pem = issue_certificate(csr, unit, authority.issuing_key, authority.issuing, "城市 口令", now)
    return unlock(key, pem, authority.issuing, authority.crls, "县里口令")


def header_of(kind: PackageKind = PackageKind.SUBMISSION, issuer: UnitRef = COUNTY) -> PackageHeader:
    return PackageHeader(
        format=FORMAT,
        least_reader=FORMAT,
        kind=kind,
        id="0f3c",
        issuer=issuer,
        recipient=CITY if issuer == COUNTY else COUNTY,
        stream="plan-1/2026Q1",
        sequence=1,
        previous="",
        claimed_time=NOW,
        program_version="0.1.0",
    )
