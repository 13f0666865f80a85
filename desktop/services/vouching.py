"""After a restore: whether somebody vouched that the workspace holds again all that the unit has ever sent.

A restored workspace counts on from where its backup ends. What was signed since would get the same numbers again, with
other contents; the superior refuses these, but only the unit can know beforehand. So nothing that is numbered upwards is
signed until a person says that nothing is missing.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from desktop.domain.backup import LastSent
from desktop.domain.errors import RefusedError
from desktop.domain.package import InboxItem, InboxState, PackageKind
from desktop.storage import Store

RESTORED = "restored"
"""The setting that says from when a restored workspace's contents are; a superior's stays, for it has nobody to vouch to."""
_NUMBERED = (PackageKind.SUBMISSION, PackageKind.WITHDRAWAL)
_ANSWERS = (PackageKind.RECEIPT, PackageKind.RETURN)


@dataclass(frozen=True)
class Restored:
    """A workspace that was restored and nobody has vouched for yet; `made_at`: when its contents were copied.

    `last`: what it holds of each quarter, the newest first: what is not here was signed after the copy.
    """

    made_at: datetime
    last: tuple[LastSent, ...]


def note_restored(store: Store, made_at: datetime) -> None:
    """Within the transaction of restoring: from now on somebody has to vouch."""
    store.settings.put(RESTORED, made_at.isoformat())


def restored(store: Store) -> Restored | None:
    """What is to be vouched for; None where nothing is, and where nobody is above this unit."""
    text = store.settings.get(RESTORED)
    if not text or store.workspace.superior is None:
        return None
    titles = {ref.id: ref.title for ref in store.plans.all()}
    last: dict[str, LastSent] = {}
    for item in sorted(store.packages.outbox(), key=lambda each: each.sequence):
        if item.kind in _NUMBERED:
            plan_id, _, quarter = item.stream.rpartition("/")
            sent = LastSent(titles.get(plan_id, ""), quarter, item.kind, item.sequence, item.created_at)
            last[item.stream] = sent
    newest_first = sorted(last.values(), key=lambda each: (each.quarter, each.plan), reverse=True)
    return Restored(datetime.fromisoformat(text), tuple(newest_first))


def vouch(store: Store, actor: str, now: datetime) -> None:
    """A person says that all that was sent is here; nothing happens where nobody has to."""
    text = store.settings.get(RESTORED)
    if text:
        with store.transaction():
            store.settings.put(RESTORED, "")
            store.audit.append(now, actor, "restored_vouched", store.workspace.unit.code, {"made_at": text})


def refuse_unvouched(store: Store) -> None:
    """Raises RefusedError(`restored_unvouched`, day) while somebody has to vouch."""
    waiting = restored(store)
    if waiting is not None:
        raise RefusedError("restored_unvouched", day=waiting.made_at.date().isoformat())


def refuse_missing(store: Store, stream: str) -> None:
    """Raises RefusedError(`own_missing`, quarter) where the superior has answered something that is not here.

    Whoever signs then, signs under a number that the superior has seen with other contents, whatever a person says.
    """
    if any(item.stream == stream and _answers_nothing_here(item) for item in store.packages.inbox()):
        raise RefusedError("own_missing", quarter=stream.rpartition("/")[2])


def _answers_nothing_here(item: InboxItem) -> bool:
    # Both were found to be the superior's own; what was refused for another reason may be anybody's.
    waits = item.state is InboxState.WAITING and item.problem == ""
    lacks = item.state is InboxState.REFUSED and item.problem == "answer_without_report"
    return item.kind in _ANSWERS and (waits or lacks)
