"""The plan package: a published plan with its units, its quarters' dates and what a unit must know to trust."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from desktop.domain.codec import canonical_bytes, digest_of
from desktop.domain.plan import Plan
from desktop.domain.quarter import QuarterCalendar
from desktop.domain.rules import USUAL, RuleSet
from desktop.domain.unit import Region, UnitRef
from desktop.exchange.payload import need_files, read_crls, read_json, read_pem

_FILES = ("plan.json", "region.json", "calendars.json", "superior.json", "root.pem", "chain.pem", "crls.pem")
_RULES = "rules.json"


@dataclass(frozen=True)
class PlanPayload:
    """`root`, `chain` (the intermediates) and `crls` are PEM; `crl_number` is that of the first list.

    `rules`: by which reports are checked. The usual ones are not written, and a package without any means these.
    """

    plan: Plan
    region: Region
    calendars: tuple[QuarterCalendar, ...]
    superior: UnitRef
    root: bytes
    chain: bytes
    crls: bytes
    crl_number: int
    rules: RuleSet = USUAL


@dataclass(frozen=True)
class _Calendars:
    calendars: tuple[QuarterCalendar, ...]


@dataclass(frozen=True)
class _Superior:
    unit: UnitRef
    crl_number: int


def write_plan(payload: PlanPayload) -> dict[str, bytes]:
    """The files of a plan package."""
    usual = payload.rules == USUAL
    return {
        **({} if usual else {_RULES: canonical_bytes(payload.rules)}),
        "plan.json": canonical_bytes(payload.plan),
        "region.json": canonical_bytes(payload.region),
        "calendars.json": canonical_bytes(_Calendars(payload.calendars)),
        "superior.json": canonical_bytes(_Superior(payload.superior, payload.crl_number)),
        "root.pem": payload.root,
        "chain.pem": payload.chain,
        "crls.pem": payload.crls,
    }


def calendars_digest(calendars: tuple[QuarterCalendar, ...]) -> str:
    """SHA-256 of the file `calendars.json` that holds these."""
    return digest_of(canonical_bytes(_Calendars(calendars)))


def rules_digest(rules: RuleSet) -> str:
    """SHA-256 of the file `rules.json` that holds these; empty for the usual ones, which have none."""
    return "" if rules == USUAL else digest_of(canonical_bytes(rules))


def read_plan(files: Mapping[str, bytes]) -> PlanPayload:
    """Raises UnreadableError(`package_content_wrong`, detail)."""
    need_files(files, (*_FILES, _RULES) if _RULES in files else _FILES)
    superior = read_json(files, "superior.json", _Superior)
    return PlanPayload(
        plan=read_json(files, "plan.json", Plan),
        region=read_json(files, "region.json", Region),
        calendars=read_json(files, "calendars.json", _Calendars).calendars,
        superior=superior.unit,
        root=read_pem(files, "root.pem"),
        chain=read_pem(files, "chain.pem"),
        crls=read_crls(files, "crls.pem"),
        crl_number=superior.crl_number,
        rules=read_json(files, _RULES, RuleSet) if _RULES in files else USUAL,
    )
