"""注销: the superior revokes a certificate that it issued; from then on it takes nothing in that this one signs.

The list is whole at every time: it goes on from the one before, under the next number, and travels in all that is made
afterwards for anybody. What was decided on before stays decided, because that moment is the superior's own.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from desktop.domain.errors import RefusedError, UserError
from desktop.domain.identity import Issued, RevocationReason, SignRole, TrustState
from desktop.domain.package import InboxItem, InboxState, PackageKind
from desktop.domain.unit import Unit
from desktop.exchange import certificates
from desktop.services.inspecting import inspect
from desktop.services.vouching import RESTORED
from desktop.storage import Store

_NUMBERED = (PackageKind.SUBMISSION, PackageKind.WITHDRAWAL)
_REVOKED = ("certificate_revoked", "paper_revoked")
_ROOM, _ROOM_LEFT = 100, "lists_after_restore"
_CARRIERS = (
    PackageKind.INVITATION,
    PackageKind.CERTIFICATE,
    PackageKind.PLAN,
    PackageKind.RECEIPT,
    PackageKind.RETURN,
)


def revoke(
    store: Store, fingerprint: str, reason: RevocationReason, passphrase: str, actor: str, now: datetime
) -> Issued:
    """Puts a certificate on the authority's next list and refuses what waits under it; one transaction.

    One that was revoked already stays as it was.

    Raises RefusedError: `certificate_unknown` (this authority did not issue it), `no_certificate`, `passphrase_wrong`,
    `passphrase_missing`.
    """
    held = store.keys.issued_as(fingerprint)
    if held is None:
        raise RefusedError("certificate_unknown")
    if held.revoked_at is not None:
        return held
    issuing, root, trust = store.keys.get("issuing"), store.keys.get("root"), store.keys.trust()
    if issuing is None or root is None or trust is None:
        raise RefusedError("no_certificate")
    number = _next_number(store, trust)
    lists = certificates.make_crl(
        [(held.certificate, now)], number, issuing.key_blob, issuing.certificate, root.key_blob, root.certificate,
        passphrase, now, trust.crls,
    )  # fmt: skip
    done = replace(held, revoked_at=now, reason=reason, revoked_by=actor)
    with store.transaction():
        store.settings.put(_ROOM_LEFT, store.settings.get(RESTORED, ""))
        store.keys.put_trust(replace(trust, crls=lists, crl_number=number))
        store.keys.put_issued(done)
        current = store.keys.enrolment(held.unit_code, held.role)
        if current is not None and current.fingerprint == fingerprint:
            store.keys.put_enrolment(replace(current, state="revoked", changed_at=now))
        refused = _refuse_waiting(store, held.unit_code, now)
        facts = {"person": held.person, "role": held.role.value, "fingerprint": fingerprint}
        facts |= {"reason": reason.value, "list": str(number), "refused": str(refused)}
        store.audit.append(now, actor, "certificate_revoked", held.unit_code, facts)
    return done


def standing(store: Store, now: datetime) -> dict[tuple[str, SignRole], tuple[Issued, ...]]:
    """The certificates that still hold, by unit and role, the present one first: several where older were left standing."""
    present = {(e.unit_code, e.role): e.fingerprint for e in store.keys.enrolments()}
    found: dict[tuple[str, SignRole], list[Issued]] = {}
    for each in reversed(store.keys.issued()):
        if each.revoked_at is None and not _ended(each, now):
            found.setdefault((each.unit_code, each.role), []).append(each)
    return {
        whose: tuple(sorted(held, key=lambda each: each.fingerprint != present.get(whose)))
        for whose, held in found.items()
    }


def undecided(store: Store, unit_code: str) -> tuple[InboxItem, ...]:
    """Submissions of a unit that wait for a decision: after a revocation they can no longer be accepted."""
    return tuple(
        item
        for item in store.packages.inbox()
        if item.issuer.code == unit_code
        and item.kind == PackageKind.SUBMISSION
        and item.state is InboxState.WAITING
    )


def not_told(store: Store) -> tuple[Unit, ...]:
    """Units that do not know yet that a certificate of theirs was revoked: nothing made since was written out for them.

    Their program would still sign with it. To all others the list comes with whatever is made for them next.
    """
    since = {e.unit_code: e.changed_at for e in store.keys.enrolments() if e.state == "revoked"}
    told = {
        item.recipient.code
        for item in store.packages.outbox()
        if item.kind in _CARRIERS and item.written_at is not None
        if (revoked := since.get(item.recipient.code)) is not None and item.created_at > revoked
    }
    return tuple(unit for unit in store.units.region().units if unit.code in since.keys() - told)


def _refuse_waiting(store: Store, unit_code: str, now: datetime) -> int:
    """What waits and was signed with it is refused at once, so that it holds no number that its unit may need; how many."""
    refused = 0
    for item in store.packages.inbox():
        if item.issuer.code == unit_code and item.kind in _NUMBERED and item.state is InboxState.WAITING:
            problem = _problem(store, item, now)
            if problem in _REVOKED:
                store.packages.put_inbox(replace(item, state=InboxState.REFUSED, problem=problem))
                refused += 1
    return refused


def _problem(store: Store, item: InboxItem, now: datetime) -> str:
    """What is wrong with a kept file now; one that cannot be read any more hinders no revocation."""
    try:
        return inspect(store, store.packages.file(item.digest), now).problem
    except UserError as error:
        return error.code


def _next_number(store: Store, trust: TrustState) -> int:
    """An authority that was restored does not know how many lists it has made since its backup: it leaves room once."""
    restored = store.settings.get(RESTORED, "")
    left = not restored or store.settings.get(_ROOM_LEFT, "") == restored
    return trust.crl_number + (1 if left else _ROOM)


def _ended(issued: Issued, now: datetime) -> bool:
    until = certificates.certificate_facts(issued.certificate).not_after
    return until is not None and now > until
