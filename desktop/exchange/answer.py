"""回执 / 退回: what the superior says to one submission."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date

from desktop.domain.codec import canonical_bytes
from desktop.domain.quarter import Quarter
from desktop.exchange.payload import need_files, read_crls, read_json, wrong

ACCEPTED, RETURNED = "accepted", "returned"


@dataclass(frozen=True)
class AnswerPayload:
    """`outcome` is `accepted` or `returned`; `report_digest` names the document that is answered.

    `entries` maps measure keys to what is wrong with them; `due` is the next revision's deadline;
    `last_sequence` is the last number that came in, so that a unit sees when its own memory is older.
    """

    outcome: str
    report_digest: str
    plan_id: str
    quarter: str
    revision: int
    reason: str
    entries: Mapping[str, str]
    due: date | None
    last_sequence: int
    crls: bytes
    crl_number: int


@dataclass(frozen=True)
class _Answer:
    outcome: str
    report_digest: str
    plan_id: str
    quarter: str
    revision: int
    reason: str
    entries: Mapping[str, str]
    due: date | None
    last_sequence: int
    crl_number: int


def write_answer(payload: AnswerPayload) -> dict[str, bytes]:
    """The files of a receipt or a return."""
    answer = _Answer(**{f.name: getattr(payload, f.name) for f in fields(_Answer)})
    return {"answer.json": canonical_bytes(answer), "crls.pem": payload.crls}


def read_answer(files: Mapping[str, bytes]) -> AnswerPayload:
    """Raises UnreadableError(`package_content_wrong`, detail)."""
    need_files(files, ("answer.json", "crls.pem"))
    answer = read_json(files, "answer.json", _Answer)
    if answer.outcome not in (ACCEPTED, RETURNED) or answer.revision < 1 or answer.last_sequence < 0:
        raise wrong("answer.json: outcome, revision or last_sequence")
    try:
        Quarter.parse(answer.quarter)
    except ValueError:
        raise wrong("answer.json: quarter") from None
    given = {f.name: getattr(answer, f.name) for f in fields(answer)}
    return AnswerPayload(**given, crls=read_crls(files, "crls.pem"))
