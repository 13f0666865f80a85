"""交换文件: sealing one, opening one, and the separate facts of checking one."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from desktop.domain.codec import canonical_bytes, decode, digest_of, parse_json
from desktop.domain.errors import RefusedError, UnreadableError
from desktop.domain.package import FORMAT, PackageHeader, PackageKind, PayloadFile, Signer, Verification
from desktop.exchange.certificates import certificate_matches_key, facts_of, read_request
from desktop.exchange.cms import SignatureFacts, read_signature
from desktop.exchange.container import (
    DATA,
    HEADER_NAME,
    MANIFEST_NAME,
    MAX_MANIFEST,
    SIGNATURE_NAME,
    looks_ours,
    pack,
    unpack,
)
from desktop.exchange.manifest import read_manifest, write_manifest
from desktop.exchange.profile import pem_of
from desktop.exchange.signing import verify_pdf
from desktop.exchange.trust import Judgement, Trust, judge, self_signed
from desktop.exchange.unlocking import SigningIdentity

REQUEST_FILE = "request.csr"
# Far above what is ever written: numbers that a database holds, texts that fit on a line of a list.
_MAX_NUMBER = 2**31 - 1
_MAX_TEXT = 256


@dataclass(frozen=True)
class OpenedPackage:
    """What is in a package and what is known of it. `files` are named without `data/`; `digest` is that of the file."""

    header: PackageHeader
    files: Mapping[str, bytes]
    verification: Verification
    digest: str


def seal(header: PackageHeader, files: Mapping[str, bytes], identity: SigningIdentity) -> bytes:
    """The bytes of a signed package; `files` are named without `data/`, `header.files` is filled in.

    Raises RefusedError: `signer_not_issuer`(signer, issuer), `package_too_large`(size, limit),
    `package_too_many_files`(count, limit).
    """
    signer = identity.signer
    if signer.unit_code != header.issuer.code:
        raise RefusedError("signer_not_issuer", signer=signer.unit_code, issuer=header.issuer.code)
    return assemble(header, files, identity)


def assemble(header: PackageHeader, files: Mapping[str, bytes], identity: SigningIdentity) -> bytes:
    """As `seal`, whoever signs; the reader will say that the signer is not the issuer."""
    listed = tuple(PayloadFile(name, len(files[name]), digest_of(files[name])) for name in sorted(files))
    entries = {DATA + name: content for name, content in files.items()}
    entries[HEADER_NAME] = canonical_bytes(replace(header, files=listed))
    manifest = write_manifest(entries)
    digest = hashlib.sha256(manifest).digest()
    entries[SIGNATURE_NAME] = identity.sign(digest, header.claimed_time, with_crls=True)
    entries[MANIFEST_NAME] = manifest
    return pack(entries)


def open_package(data: bytes, trust: Trust | None, at: datetime) -> OpenedPackage:
    """Reads a package and checks it at the moment `at`; altered content is a fact, not an error.

    Raises UnreadableError: `package_not_ours`, `package_too_large`(size, limit), `package_damaged`,
    `package_newer`(version, known), `package_header_wrong`(detail).
    """
    entries = unpack(data)
    if not {MANIFEST_NAME, SIGNATURE_NAME, HEADER_NAME} <= entries.keys():
        raise UnreadableError("package_damaged")
    header = _header(entries[HEADER_NAME])
    verification = _verify(header, entries, trust, at)
    files = {name[len(DATA) :]: entries[name] for name in _data_names(entries) if name != HEADER_NAME}
    return OpenedPackage(header, files, verification, digest_of(data))


def read_header(data: bytes) -> PackageHeader:
    """What a package says of itself, unchecked: for packages of one's own outbox. Raises as `open_package`."""
    entries = unpack(data)
    if HEADER_NAME not in entries:
        raise UnreadableError("package_damaged")
    return _header(entries[HEADER_NAME])


def verify_file(data: bytes, trust: Trust | None, at: datetime) -> Verification:
    """The facts of a package or a signed PDF; `kind` is the package's kind, `package` when it is too damaged to say, or `pdf`.

    Raises UnreadableError: `file_not_ours`, `file_too_large`(size, limit), `package_too_large`(size, limit),
    `package_newer`(version, known).
    """
    if data.startswith(b"%PDF-"):
        return verify_pdf(data, trust, at)[0]
    if not looks_ours(data):
        raise UnreadableError("file_not_ours")
    try:
        return open_package(data, trust, at).verification
    except UnreadableError as error:
        if error.code not in ("package_damaged", "package_header_wrong"):
            raise
        distrusted = None if trust is None else False
        return Verification("package", False, (), distrusted, None, False, (error.code,))


def _header(data: bytes) -> PackageHeader:
    """Newer ones are refused by version before anything else is asked of them."""
    if len(data) > MAX_MANIFEST:
        raise UnreadableError("package_header_wrong", detail="too large")
    try:
        plain = json.loads(data)
        least, version = plain["least_reader"], plain["format"]
        if type(least) is not int or type(version) is not int:
            raise ValueError("no version")
    except (ValueError, KeyError, TypeError, RecursionError):
        raise UnreadableError("package_header_wrong", detail="version") from None
    if least > FORMAT:
        raise UnreadableError("package_newer", version=version, known=FORMAT)
    try:
        header = _decoded(data, plain, version)
    except ValueError as error:
        raise UnreadableError("package_header_wrong", detail=str(error)) from None
    numbers = (header.format, header.sequence, header.crl_number + 1)
    if not all(1 <= number <= _MAX_NUMBER for number in numbers) or header.claimed_time.tzinfo is None:
        raise UnreadableError("package_header_wrong", detail="sequence, format, crl_number or claimed_time")
    texts = (
        header.id, header.stream, header.previous, header.program_version, header.plan_digest, header.in_reply_to,
        header.supersedes, header.issuer.code, header.issuer.name, header.recipient.code, header.recipient.name,
    )  # fmt: skip
    if any(len(text) > _MAX_TEXT for text in texts):
        raise UnreadableError("package_header_wrong", detail="a text is too long")
    return header


def _decoded(data: bytes, plain: dict[str, Any], version: int) -> PackageHeader:
    """What a later format adds may be passed over where it says that this reader suffices."""
    if version <= FORMAT:
        return parse_json(data, PackageHeader)
    known = PackageHeader.__dataclass_fields__.keys()
    return decode(PackageHeader, {name: value for name, value in plain.items() if name in known})


def _verify(
    header: PackageHeader, entries: Mapping[str, bytes], trust: Trust | None, at: datetime
) -> Verification:
    manifest = entries[MANIFEST_NAME]
    try:
        facts = read_signature(entries[SIGNATURE_NAME])
    except ValueError:
        distrusted = None if trust is None else False
        return Verification(header.kind, False, (), distrusted, None, False, ("signature_damaged",))
    problems = []
    intact = facts.good and facts.digest == hashlib.sha256(manifest).digest()
    if not intact:
        problems.append("signature_wrong")
    covered, unaltered = _coverage(manifest, entries)
    if not unaltered:
        problems.append("content_altered")
    if not covered:
        problems.append("files_unsigned")
    if intact and unaltered and covered and not _listed(header, entries):
        problems.append("file_list_wrong")
    judgement = (
        _judged(header, facts, trust, at) if intact else Judgement(None if trust is None else False, None)
    )
    signers, wrong = _signers(header, facts, entries) if intact else ((), ())
    return Verification(
        kind=header.kind,
        intact=intact and unaltered,
        signers=signers,
        trusted=judgement.trusted,
        revocation=judgement.revocation,
        whole_file=covered,
        problems=tuple(dict.fromkeys((*problems, *wrong, *judgement.problems))),
    )


def _data_names(entries: Mapping[str, bytes]) -> list[str]:
    return sorted(name for name in entries if name.startswith(DATA))


def _coverage(manifest: bytes, entries: Mapping[str, bytes]) -> tuple[bool, bool]:
    """Whether the manifest names exactly the files there are, and whether those it names are unchanged."""
    try:
        signed = read_manifest(manifest)
    except ValueError:
        return False, False
    names = _data_names(entries)
    unaltered = all(
        name in entries and hashlib.sha256(entries[name]).digest() == digest
        for name, digest in signed.items()
    )
    return sorted(signed) == names, unaltered


def _listed(header: PackageHeader, entries: Mapping[str, bytes]) -> bool:
    """Whether the header lists the files as they are."""
    names = [name for name in _data_names(entries) if name != HEADER_NAME]
    found = tuple(
        PayloadFile(name[len(DATA) :], len(entries[name]), digest_of(entries[name])) for name in names
    )
    return found == header.files


def _judged(header: PackageHeader, facts: SignatureFacts, trust: Trust | None, at: datetime) -> Judgement:
    """A request is signed by the very key that asks for trust: there is none to judge yet."""
    if header.kind is PackageKind.REQUEST and self_signed(facts.certificate):
        return Judgement(None, None)
    judgement = judge(facts.certificate, facts.others, facts.crls, trust, at)
    if judgement.trusted and any(other not in judgement.chain for other in facts.others):
        return replace(judgement, problems=(*judgement.problems, "signature_padded"))
    return judgement


def _signers(
    header: PackageHeader, facts: SignatureFacts, entries: Mapping[str, bytes]
) -> tuple[tuple[Signer, ...], tuple[str, ...]]:
    """Who signed, and what is wrong with that."""
    try:
        signer = facts_of(facts.certificate)
    except UnreadableError:
        return (), ("certificate_wrong",)
    problems = []
    if (signer.unit_code, signer.unit) != (header.issuer.code, header.issuer.name):
        problems.append("signer_not_issuer")
    if header.kind is PackageKind.REQUEST and not _same_key(facts, entries):
        problems.append("request_of_other_key")
    return (signer,), tuple(problems)


def _same_key(facts: SignatureFacts, entries: Mapping[str, bytes]) -> bool:
    """Whether a request was signed by the key that it asks a certificate for."""
    try:
        asked = read_request(entries.get(DATA + REQUEST_FILE, b"")).fingerprint
    except UnreadableError:
        return False
    return certificate_matches_key(pem_of(facts.certificate), asked)
