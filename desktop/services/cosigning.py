"""填报人、审核人也签名: whether the unit asks for it, who can, who has, and giving it up again."""

from __future__ import annotations

from datetime import datetime

from desktop.domain.identity import KEY_PURPOSES, SignRole
from desktop.domain.report import People, Report
from desktop.domain.signatures import CO_SIGNERS, CoSigned, CoSigner
from desktop.storage import Store

_SETTING = "co_signing"
PARTLY_SIGNED = "co_signed.pdf"


def co_signing(store: Store) -> bool:
    """Whether this unit wants preparer and reviewer to sign too; it does not until somebody says so."""
    return bool(store.settings.get(_SETTING, False))


def set_co_signing(store: Store, wanted: bool, actor: str, now: datetime) -> None:
    """Keeps what the unit wants, for reports that are reviewed from now on; the same again writes nothing."""
    if co_signing(store) == wanted:
        return
    with store.transaction():
        store.settings.put(_SETTING, wanted)
        facts = {"wanted": "yes" if wanted else "no"}
        store.audit.append(now, actor, "co_signing_set", store.workspace.unit.code, facts)


def co_signers(store: Store, people: People, now: datetime) -> tuple[CoSigner, ...]:
    """Preparer and reviewer, and whether each has a certificate of the own name here."""
    # Reading certificates is needed here alone: the first page opens faster without it.
    from desktop.services.enrolling import revoked_since

    found = []
    for role in CO_SIGNERS:
        key = store.keys.get(KEY_PURPOSES[role])
        over = key is not None and key.not_after is not None and key.not_after < now
        revoked = revoked_since(store, role) is not None
        certified = key.person if key is not None and key.certificate and not over and not revoked else ""
        found.append(CoSigner(role, getattr(people, role.value), certified, revoked))
    return tuple(found)


def asked(store: Store, people: People, now: datetime) -> tuple[SignRole, ...]:
    """Who must sign a report that is frozen now: the unit wants it, and the person has a certificate of the role."""
    if not co_signing(store):
        return ()
    return tuple(each.role for each in co_signers(store, people, now) if each.can)


def co_signed(store: Store, report: Report) -> CoSigned:
    """Who has signed what is frozen now. Raises UnreadableError(`document_altered`, file, path, reason)."""
    kept = store.reports.co_signed(report.id)
    return kept if kept is not None and kept.report_digest == report.digest else CoSigned(report.digest)


def give_up(store: Store, report: Report, actor: str, now: datetime) -> None:
    """Throws away signatures on a document that is frozen no more, with a record; for the caller's transaction."""
    kept = store.reports.co_signed(report.id)
    if kept is None:
        return
    store.reports.remove_co_signed(report.id, PARTLY_SIGNED)
    people = {signature.role.value: signature.person for signature in kept.signatures}
    store.audit.append(now, actor, "co_signatures_discarded", report.id, people, kept.report_digest)
