"""Requests for certificates on their way: the unit's own that waits, and those that came in and wait to be compared."""

from __future__ import annotations

from datetime import datetime

from desktop.domain.errors import UnreadableError
from desktop.domain.identity import KEY_PURPOSES, SignRole
from desktop.domain.package import InboxItem, InboxState, OutboxItem, PackageKind
from desktop.exchange import certificates
from desktop.exchange.packages import REQUEST_FILE, open_package
from desktop.storage import Store


def request_item(store: Store, role: SignRole) -> OutboxItem | None:
    """The request that waits for the certificate of a role; None when none does."""
    key = store.keys.get(KEY_PURPOSES[role])
    if key is None or key.certificate:
        return None
    made = (item for item in store.packages.outbox() if item.kind is PackageKind.REQUEST)
    return next((i for i in made if _asked(store, i.digest).fingerprint == key.fingerprint), None)


def waiting_requests(store: Store) -> dict[tuple[str, SignRole], InboxItem]:
    """Requests that came in and wait to be compared, by unit and role."""
    waiting = {}
    for item in store.packages.inbox():
        if item.kind == PackageKind.REQUEST and item.state is InboxState.WAITING:
            try:
                waiting[item.issuer.code, _asked(store, item.digest).role] = item
            except UnreadableError:
                waiting[item.issuer.code, SignRole.ISSUER] = item
    return waiting


def _asked(store: Store, digest: str) -> certificates.RequestFacts:
    """What a kept request asks for. Raises UnreadableError where it asks for nothing sound."""
    files = open_package(store.packages.file(digest), None, datetime.now().astimezone()).files
    return certificates.read_request(files.get(REQUEST_FILE, b""))
