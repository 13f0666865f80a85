"""Putting a sealed package into the outbox, with its number and its link to the one before."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import datetime

from desktop import __version__
from desktop.domain.errors import RefusedError
from desktop.domain.file_names import plain_name
from desktop.domain.package import FORMAT, OutboxItem, PackageHeader, PackageKind
from desktop.domain.unit import UnitRef
from desktop.exchange.packages import seal
from desktop.exchange.unlocking import SigningIdentity
from desktop.storage import Store


def post(
    store: Store, kind: PackageKind, recipient: UnitRef, stream: str, files: Mapping[str, bytes], identity: SigningIdentity,
    now: datetime, *, plan_digest: str = "", in_reply_to: str = "", supersedes: str = "", file_name: str = "", plan: str = "",
) -> OutboxItem:  # fmt: skip
    """Seals a package and keeps it in the outbox. Must run within the caller's transaction.

    Its sequence number follows the last one sent to this recipient in this stream.
    Raises RefusedError(`certificate_expired`, until), and as `seal`.
    """
    until = identity.signer.not_after
    if until is not None and now > until:
        raise RefusedError("certificate_expired", until=until.date().isoformat())
    last = store.packages.last_sent(recipient.code, stream)
    trust = store.keys.trust()
    header = PackageHeader(
        FORMAT, FORMAT, kind, uuid.uuid4().hex, store.workspace.unit, recipient, stream,
        (last.sequence if last else 0) + 1, last.digest if last else "", now, __version__,
        plan_digest, in_reply_to, supersedes, trust.crl_number if trust else 0,
    )  # fmt: skip
    data = seal(header, files, identity)
    digest = store.packages.put_file(data)
    item = OutboxItem(
        digest, kind, recipient, stream, header.sequence, now, size=len(data),
        file_name=file_name or usual_name(store, kind, recipient, header.sequence, plan),
    )  # fmt: skip
    store.packages.put_outbox(item)
    return item


_LONGEST_TITLE = 24


def plan_part(store: Store, title: str) -> str:
    """What a file's name says of the plan: nothing where there is but one."""
    several = len(store.plans.all()) > 1
    return f"_{plain_name(title[:_LONGEST_TITLE])}" if several else ""


_WORDS = {
    PackageKind.INVITATION: "邀请",
    PackageKind.REQUEST: "证书申请",
    PackageKind.CERTIFICATE: "证书",
    PackageKind.PLAN: "任务包",
    PackageKind.SUBMISSION: "季报",
    PackageKind.RECEIPT: "回执",
    PackageKind.RETURN: "退回单",
    PackageKind.WITHDRAWAL: "撤回通知",
}


def usual_name(store: Store, kind: PackageKind, recipient: UnitRef, sequence: int, plan: str = "") -> str:
    """A file name people understand: whose it is, of which plan (`plan_part`), what it is, and its number."""
    upward = recipient == store.workspace.superior
    other = store.workspace.unit if upward else recipient
    region = store.units.region()
    unit = region.find(other.code)
    return f"{unit.short_name if unit else other.name}{plan}_{_WORDS[kind]}_{sequence}.jbx"
