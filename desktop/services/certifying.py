"""The superior's side of enrolment: the root, invitations, and the certificates that answer requests."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from desktop.domain.errors import RefusedError
from desktop.domain.identity import (
    Enrolment,
    Issued,
    KeyRecord,
    SignRole,
    TrustState,
    read_out,
    same_fingerprint,
)
from desktop.domain.package import InboxState, OutboxItem, PackageKind
from desktop.exchange import certificates, enrolment
from desktop.exchange.packages import OpenedPackage
from desktop.exchange.unlocking import SigningIdentity
from desktop.services.enrolling import ENROLMENT_STREAM, refuse_weak, signer
from desktop.services.posting import post
from desktop.storage import Store


@dataclass(frozen=True)
class CertificateRequest:
    """A request as the officer compares it: who asks for which role, and the fingerprint to be read out by telephone."""

    digest: str
    unit_code: str
    unit_name: str
    person: str
    fingerprint: str
    received_at: datetime
    role: SignRole = SignRole.ISSUER


def found_authority(
    store: Store, person: str, passphrase: str, rounds: int, actor: str, now: datetime
) -> TrustState:
    """Makes the superior's root, its issuing key and the key of the person who signs.

    Raises RefusedError: `authority_exists`, `name_missing`, `passphrase_short`(least).
    """
    if store.keys.get("root") is not None:
        raise RefusedError("authority_exists")
    if not person.strip():
        raise RefusedError("name_missing")
    refuse_weak(passphrase)
    made = certificates.create_authority(store.workspace.unit, person.strip(), passphrase, rounds, now)
    trust = TrustState(
        made.root, made.issuing, made.crls, made.crl_number, certificates.fingerprint_of(made.root), True
    )
    keys = (
        ("root", made.root_key, made.root),
        ("issuing", made.issuing_key, made.issuing),
        ("signer", made.signer_key, made.signer),
    )
    with store.transaction():
        for purpose, blob, certificate in keys:
            facts = certificates.certificate_facts(certificate)
            store.keys.put(
                KeyRecord(purpose, person.strip(), blob, certificate, facts.fingerprint, now, facts.not_after)
            )
        store.keys.put_trust(trust)
        store.audit.append(
            now, actor, "authority_founded", store.workspace.unit.code, {"fingerprint": trust.fingerprint}
        )
    return trust


def invite(store: Store, unit_code: str, identity: SigningIdentity, actor: str, now: datetime) -> OutboxItem:
    """An invitation for one unit, in the outbox. Raises RefusedError(`unit_unknown`), RefusedError(`no_certificate`)."""
    region, trust = store.units.region(), store.keys.trust()
    unit = region.find(unit_code)
    if unit is None:
        raise RefusedError("unit_unknown", unit=unit_code)
    if trust is None:
        raise RefusedError("no_certificate")
    payload = enrolment.InvitationPayload(
        unit.ref,
        unit.kind,
        store.workspace.unit,
        region,
        trust.root,
        trust.chain,
        trust.crls,
        trust.crl_number,
    )
    files = enrolment.write_invitation(payload)
    with store.transaction():
        item = post(store, PackageKind.INVITATION, unit.ref, ENROLMENT_STREAM, files, identity, now)
        if store.keys.enrolment(unit_code) is None:
            store.keys.put_enrolment(Enrolment(unit_code, "invited", changed_at=now))
        store.audit.append(now, actor, "unit_invited", unit_code, {"package": item.digest})
    return item


def read_request(store: Store, opened: OpenedPackage, now: datetime) -> CertificateRequest:
    """A request as it came in.

    Raises RefusedError: `package_not_intact`, `request_mismatch`(unit), `unit_unknown`(unit),
    `request_name_differs`(unit, name) when the list has the unit under another name; UnreadableError
    when it is not sound.
    """
    if not opened.verification.intact or opened.verification.problems:
        raise RefusedError("package_not_intact")
    payload = enrolment.read_request(opened.files)
    facts = certificates.read_request(payload.csr)
    if facts.unit != payload.unit or opened.header.issuer != payload.unit:
        raise RefusedError("request_mismatch", unit=payload.unit.name)
    unit = store.units.region().find(payload.unit.code)
    if unit is None:
        raise RefusedError("unit_unknown", unit=payload.unit.code)
    if payload.unit.name not in unit.spellings:
        # The certificate will print this name, so the asker must not be free to choose it.
        raise RefusedError("request_name_differs", unit=unit.name, name=payload.unit.name)
    return CertificateRequest(
        opened.digest, unit.code, unit.name, facts.person, facts.fingerprint, now, facts.role
    )


def certify(
    store: Store, opened: OpenedPackage, confirmed: str, passphrase: str, actor: str, now: datetime
) -> OutboxItem:
    """Answers a request with a certificate, in the outbox. `confirmed`: the fingerprint that was compared with the unit.

    A request that was answered gets the same answer again. Raises RefusedError: `fingerprint_not_confirmed`,
    `passphrase_wrong`, `no_certificate`; and as `read_request`.
    """
    inbox = store.packages.inbox_item(opened.digest)
    given = store.packages.outbox_item(inbox.note) if inbox is not None and inbox.note else None
    if given is not None:
        return given
    request = read_request(store, opened, now)
    payload = enrolment.read_request(opened.files)
    if not same_fingerprint(confirmed, request.fingerprint):
        raise RefusedError("fingerprint_not_confirmed", fingerprint=read_out(request.fingerprint))
    issuing, trust = store.keys.get("issuing"), store.keys.trust()
    if issuing is None or trust is None:
        raise RefusedError("no_certificate")
    pem = certificates.issue_certificate(
        payload.csr, payload.unit, issuing.key_blob, issuing.certificate, passphrase, now
    )
    identity = signer(store, passphrase)
    answer = enrolment.CertificatePayload(
        payload.unit, pem, trust.chain, trust.crls, trust.crl_number, trust.root
    )
    files = enrolment.write_certificate(answer)
    with store.transaction():
        item = post(
            store,
            PackageKind.CERTIFICATE,
            payload.unit,
            ENROLMENT_STREAM,
            files,
            identity,
            now,
            in_reply_to=opened.digest,
        )
        made = certificates.fingerprint_of(pem)
        store.keys.put_enrolment(
            Enrolment(
                request.unit_code, "certified", request.person, made, pem, payload.csr, now, request.role
            )
        )
        store.keys.put_issued(Issued(made, request.unit_code, request.role, request.person, pem, now))
        if inbox is not None:
            store.packages.put_inbox(
                replace(inbox, state=InboxState.TAKEN, decided_at=now, note=item.digest, problem="")
            )
        store.audit.append(
            now,
            actor,
            "certificate_issued",
            request.unit_code,
            {"person": request.person, "fingerprint": made, "role": request.role.value},
        )
    return item
