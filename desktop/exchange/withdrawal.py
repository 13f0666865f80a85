"""撤回通知: a unit takes back a submission that it signed, before it is accepted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from desktop.domain.codec import canonical_bytes
from desktop.domain.quarter import Quarter
from desktop.exchange.payload import need_files, read_json, wrong

_FILE = "withdrawal.json"
_LONGEST = 2000


@dataclass(frozen=True)
class WithdrawalPayload:
    """`package` is the digest of the submission's package, `report_digest` that of its document."""

    package: str
    report_digest: str
    plan_id: str
    quarter: str
    revision: int
    reason: str


def write_withdrawal(payload: WithdrawalPayload) -> dict[str, bytes]:
    """The files of a withdrawal."""
    return {_FILE: canonical_bytes(payload)}


def read_withdrawal(files: Mapping[str, bytes]) -> WithdrawalPayload:
    """Raises UnreadableError(`package_content_wrong`, detail)."""
    need_files(files, (_FILE,))
    payload = read_json(files, _FILE, WithdrawalPayload)
    if payload.revision < 1 or not payload.reason.strip() or len(payload.reason) > _LONGEST:
        raise wrong(f"{_FILE}: revision or reason")
    try:
        Quarter.parse(payload.quarter)
    except ValueError:
        raise wrong(f"{_FILE}: quarter") from None
    return payload
