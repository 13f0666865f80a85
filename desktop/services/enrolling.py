"""A unit's own keys: the root that it trusts, a request for each person, the certificate that comes back.

What the superior does on that road stands in `certifying`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from desktop.domain.errors import RefusedError
from desktop.domain.identity import (
    KEY_PURPOSES,
    KeyRecord,
    SignRole,
    TrustState,
    read_out,
    same_fingerprint,
)
from desktop.domain.package import OutboxItem, PackageKind
from desktop.exchange import authority_lists, certificates, enrolment
from desktop.exchange.packages import OpenedPackage
from desktop.exchange.trust import Trust
from desktop.exchange.unlocking import SigningIdentity, unlock
from desktop.services.posting import post
from desktop.storage import Store

ENROLMENT_STREAM = "enrolment"
SHORTEST_PASSPHRASE = 8


def refuse_weak(passphrase: str) -> None:
    """Raises RefusedError(`passphrase_short`, least)."""
    if len(passphrase) < SHORTEST_PASSPHRASE:
        raise RefusedError("passphrase_short", least=SHORTEST_PASSPHRASE)


def signer(store: Store, passphrase: str, role: SignRole = SignRole.ISSUER) -> SigningIdentity:
    """The workspace's key of a role, unlocked.

    Raises RefusedError: `no_certificate` (none yet), `own_certificate_revoked`(who, person, day), `passphrase_wrong`.
    """
    key, trust = store.keys.get(KEY_PURPOSES[role]), store.keys.trust()
    if key is None or trust is None or not key.certificate:
        raise RefusedError("no_certificate")
    refuse_revoked(store, role)
    return unlock(key.key_blob, key.certificate, trust.chain, trust.crls, passphrase)


def revoked_since(store: Store, role: SignRole = SignRole.ISSUER) -> datetime | None:
    """Since when the certificate of a role here stands on the superior's list; None where it does not or there is none."""
    key, trust = store.keys.get(KEY_PURPOSES[role]), store.keys.trust()
    if key is None or trust is None or not key.certificate:
        return None
    return authority_lists.revoked_since(key.certificate, trust.chain, trust.crls)


def refuse_revoked(store: Store, role: SignRole = SignRole.ISSUER) -> None:
    """Raises RefusedError(`own_certificate_revoked`, who, person, day) where the superior revoked the certificate of a role."""
    since, key = revoked_since(store, role), store.keys.get(KEY_PURPOSES[role])
    if since is not None and key is not None:
        day = since.astimezone().date().isoformat()
        raise RefusedError("own_certificate_revoked", who=role.value, person=key.person, day=day)


def trust_of(store: Store) -> Trust | None:
    """What this workspace verifies against: its confirmed root and the revocation lists it knows."""
    trust = store.keys.trust()
    return Trust(trust.root, trust.crls) if trust is not None and trust.confirmed else None


def root_fingerprint(root: bytes) -> str:
    """The fingerprint of an offered root (PEM), which is compared by telephone. Raises UnreadableError(`certificate_wrong`)."""
    return certificates.fingerprint_of(root)


def take_invitation(
    store: Store, opened: OpenedPackage, confirmed: str, actor: str, now: datetime
) -> TrustState:
    """Takes the superior's root over. `confirmed`: the fingerprint that was compared with the superior.

    Raises RefusedError: `fingerprint_not_confirmed`, `not_for_us`(recipient, unit), `root_differs`(known, offered),
    `package_not_intact`.
    """
    payload = enrolment.read_invitation(opened.files)
    fingerprint = certificates.fingerprint_of(payload.root)
    known = store.keys.trust()
    if payload.unit.code != store.workspace.unit.code:
        raise RefusedError("not_for_us", recipient=payload.unit.name, unit=store.workspace.unit.name)
    if known is not None and known.confirmed and known.fingerprint != fingerprint:
        raise RefusedError("root_differs", known=known.fingerprint, offered=fingerprint)
    if not same_fingerprint(confirmed, fingerprint):
        raise RefusedError("fingerprint_not_confirmed", fingerprint=read_out(fingerprint))
    trust = TrustState(payload.root, payload.chain, payload.crls, payload.crl_number, fingerprint, True)
    with store.transaction():
        store.units.put_region(payload.region)
        store.keys.put_trust(newer(known, trust))
        store.audit.append(now, actor, "root_trusted", payload.superior.code, {"fingerprint": fingerprint})
    return trust


def newer(known: TrustState | None, offered: TrustState) -> TrustState:
    """The trust state with the newer list: it never goes back, and one that the authority did not make is no list.

    The number is the one inside the list. Under the same number the list that was there first stays, and with what the
    root did not issue everything stays.
    """
    number = authority_lists.list_number(offered.crls, offered.chain, offered.root)
    if known is None or known.fingerprint != offered.fingerprint:
        return replace(offered, crl_number=number)
    held = authority_lists.list_number(known.crls, known.chain, known.root)
    if number > held:
        return replace(offered, crl_number=number)
    return replace(offered, chain=known.chain, crls=known.crls, crl_number=known.crl_number)


def request_certificate(
    store: Store,
    person: str,
    passphrase: str,
    rounds: int,
    actor: str,
    now: datetime,
    role: SignRole = SignRole.ISSUER,
    anew: bool = False,
) -> OutboxItem:
    """Makes a person's key for one role on this computer and a request for its certificate, in the outbox.

    The key takes the place of the one before. `anew`: also where that one's certificate still holds, because the person
    is another now or the pass phrase is lost; where it has ended or was revoked nobody has to say so. Raises RefusedError: `no_superior`, `root_not_known`, `name_missing`, `passphrase_short`, `certificate_exists`.
    """
    workspace, trust = store.workspace, store.keys.trust()
    if workspace.superior is None:
        raise RefusedError("no_superior")
    if trust is None or not trust.confirmed:
        raise RefusedError("root_not_known")
    if not person.strip():
        raise RefusedError("name_missing")
    refuse_weak(passphrase)
    key = store.keys.get(KEY_PURPOSES[role])
    if key is not None and key.certificate and not (anew or _over(store, key, now, role)):
        raise RefusedError("certificate_exists", person=key.person)
    blob, csr = certificates.create_request(workspace.unit, person.strip(), passphrase, rounds, now, role)
    facts = certificates.read_request(csr)
    identity = unlock(blob, b"", b"", b"", passphrase)
    files = enrolment.write_request(enrolment.RequestPayload(workspace.unit, person.strip(), csr))
    with store.transaction():
        store.keys.put(KeyRecord(KEY_PURPOSES[role], person.strip(), blob, b"", facts.fingerprint, now))
        item = post(store, PackageKind.REQUEST, workspace.superior, ENROLMENT_STREAM, files, identity, now)
        store.audit.append(
            now,
            actor,
            "certificate_requested",
            workspace.unit.code,
            {"fingerprint": facts.fingerprint, "role": role.value},
        )
    return item


def _over(store: Store, key: KeyRecord, now: datetime, role: SignRole) -> bool:
    ended = key.not_after is not None and now > key.not_after
    return ended or revoked_since(store, role) is not None


def take_certificate(store: Store, opened: OpenedPackage, actor: str, now: datetime) -> KeyRecord:
    """Completes the key of the certificate's role with the certificate that came back.

    Raises RefusedError: `certificate_without_request`, `certificate_not_ours`, `root_differs`,
    `certificate_of_another`(person, own) when it names somebody else than who asked.
    """
    payload = enrolment.read_certificate(opened.files)
    facts, trust = certificates.certificate_facts(payload.certificate), store.keys.trust()
    key = store.keys.get(purpose_of(payload))
    if key is None or trust is None:
        raise RefusedError("certificate_without_request")
    if certificates.fingerprint_of(payload.root) != trust.fingerprint:
        raise RefusedError(
            "root_differs", known=trust.fingerprint, offered=certificates.fingerprint_of(payload.root)
        )
    if not certificates.certificate_matches_key(payload.certificate, key.fingerprint):
        raise RefusedError("certificate_not_ours", unit=payload.unit.name)
    if (facts.unit_code, facts.name) != (store.workspace.unit.code, key.person):
        raise RefusedError("certificate_of_another", person=facts.name, own=key.person)
    done = replace(key, certificate=payload.certificate, not_after=facts.not_after)
    offered = replace(trust, chain=payload.chain, crls=payload.crls, crl_number=payload.crl_number)
    with store.transaction():
        store.keys.put(done)
        store.keys.put_trust(newer(trust, offered))
        store.audit.append(
            now,
            actor,
            "certificate_taken",
            store.workspace.unit.code,
            {"fingerprint": facts.fingerprint, "role": facts.role},
        )
    return done


def change_passphrase(
    store: Store,
    old: str,
    new: str,
    rounds: int,
    actor: str,
    now: datetime,
    role: SignRole = SignRole.ISSUER,
) -> None:
    """Puts a person's keys under another pass phrase, all or none: the issuer's with the authority's, or that of `role`.

    Raises RefusedError: `no_certificate` (no key yet), `passphrase_short`(least), `passphrase_wrong`.
    """
    names = ("root", "issuing", "signer") if role is SignRole.ISSUER else (KEY_PURPOSES[role],)
    keys = [key for name in names if (key := store.keys.get(name)) is not None]
    if not keys:
        raise RefusedError("no_certificate")
    refuse_weak(new)
    locked = [
        replace(key, key_blob=certificates.change_passphrase(key.key_blob, old, new, rounds)) for key in keys
    ]
    with store.transaction():
        for key in locked:
            store.keys.put(key)
        store.audit.append(
            now,
            actor,
            "passphrase_changed",
            store.workspace.unit.code,
            {"keys": str(len(keys)), "role": role.value},
        )


def purpose_of(payload: enrolment.CertificatePayload) -> str:
    """For which key of the workspace a certificate is; empty where it names no role of a person."""
    named = certificates.certificate_facts(payload.certificate).role
    return next((purpose for role, purpose in KEY_PURPOSES.items() if role == named), "")


@dataclass(frozen=True)
class SigningState:
    """Where the workspace stands on one role's road to signing: `none`, `invited`, `requested`, `ready`, `revoked`.

    `revoked_at`: since when the superior's list, whose number is `list_number`, names the certificate.
    """

    state: str
    person: str = ""
    fingerprint: str = ""
    not_after: datetime | None = None
    root_fingerprint: str = ""
    revoked_at: datetime | None = None
    list_number: int = 0


def signing_state(store: Store, role: SignRole = SignRole.ISSUER) -> SigningState:
    """What the keys page and the sign dialog show."""
    key, trust = store.keys.get(KEY_PURPOSES[role]), store.keys.trust()
    root = trust.fingerprint if trust and trust.confirmed else ""
    if key is None:
        return SigningState("invited" if root else "none", root_fingerprint=root)
    since = revoked_since(store, role)
    state = "requested" if not key.certificate else "revoked" if since else "ready"
    shown = certificates.fingerprint_of(key.certificate) if key.certificate else key.fingerprint
    number = trust.crl_number if trust else 0
    return SigningState(state, key.person, shown, key.not_after, root, since, number)
