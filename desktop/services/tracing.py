"""The audit trail as people read it: what happened to one entry, and to one report, the newest first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from desktop.domain.audit import AuditRecord
from desktop.domain.letter import SectionName
from desktop.domain.report import Report
from desktop.storage import Store

_TEXTS = ("status", "progress", "problems", "next_steps", "explanation")
_SECTIONS = tuple(name.value for name in SectionName)
_WRITING = ("entry_saved", "letter_saved", "letter_restored")
# What is saved at every pause is one piece of work as long as nobody and nothing else comes between.
_PAUSE = timedelta(minutes=10)
_NOTHING = ("", "None")


@dataclass(frozen=True)
class TraceField:
    """One field's change. `target` is the key of the target whose reading it is; evidence is file names."""

    field: str
    before: str
    after: str
    target: str = ""


@dataclass(frozen=True)
class TraceStep:
    """Who did what in which revision, from `at` to `until`; `facts` are the record's own where it names no field."""

    at: datetime
    until: datetime
    actor: str
    action: str
    revision: int
    fields: tuple[TraceField, ...] = ()
    facts: Mapping[str, str] | None = None


def entry_trail(store: Store, report: Report, measure_key: str) -> tuple[TraceStep, ...]:
    """Everything that happened to an entry in all revisions of its quarter, the newest first.

    What one person typed in one go, saved at every pause, is one step from its first state to its last.
    """
    return _gathered(_steps(store, report, f"/{measure_key}"))


def report_trail(store: Store, report: Report) -> tuple[TraceStep, ...]:
    """What happened to the report as a whole and to its letter in all its revisions, the newest first."""
    return _gathered(_steps(store, report, "", "/letter"))


def _steps(store: Store, report: Report, *below: str) -> tuple[TraceStep, ...]:
    found: list[tuple[int, TraceStep]] = []
    same = store.reports.find(plan_id=report.plan_id, unit_code=report.unit_code, quarter=report.quarter)
    for each in same:
        for place in below:
            for record in store.audit.records(subject=f"{each.id}{place}"):
                found.append((record.sequence, _step(record, each.revision)))
    return tuple(step for _, step in sorted(found, key=lambda pair: -pair[0]))


def _step(record: AuditRecord, revision: int) -> TraceStep:
    fields = tuple(_fields(record.facts)) if record.action in _WRITING else ()
    facts = {} if fields else dict(record.facts)
    return TraceStep(record.at, record.at, record.actor, record.action, revision, fields, facts)


def _fields(facts: Mapping[str, str]) -> Iterable[TraceField]:
    for name in dict.fromkeys((*_TEXTS, *_SECTIONS)):
        if f"{name}_to" in facts:
            yield TraceField(name, facts.get(f"{name}_from", ""), facts[f"{name}_to"])
    for key in sorted(name.removeprefix("reading_") for name in facts if name.startswith("reading_")):
        before, _, after = facts[f"reading_{key}"].partition("→")
        yield TraceField("reading", _figure(before), _figure(after), key)
    if "evidence" in facts:
        yield TraceField("evidence", facts.get("evidence_from", ""), facts["evidence"])


def _figure(text: str) -> str:
    return "" if text in _NOTHING else text


def _gathered(steps: tuple[TraceStep, ...]) -> tuple[TraceStep, ...]:
    """Steps of writing that follow each other joined; what came to nothing in the end is left out."""
    found: list[TraceStep] = []
    for step in reversed(steps):
        last = found[-1] if found else None
        if last is not None and _one_piece(last, step):
            found[-1] = replace(last, until=step.at, fields=_joined(last.fields, step.fields))
        else:
            found.append(step)
    return tuple(step for step in reversed(found) if step.fields or step.action not in _WRITING)


def _one_piece(last: TraceStep, step: TraceStep) -> bool:
    same = (last.action, last.actor, last.revision) == (step.action, step.actor, step.revision)
    return same and step.action in _WRITING and step.at - last.until <= _PAUSE


def _joined(before: tuple[TraceField, ...], after: tuple[TraceField, ...]) -> tuple[TraceField, ...]:
    places = {(each.field, each.target): each for each in before}
    for each in after:
        first = places.get((each.field, each.target))
        places[each.field, each.target] = replace(each, before=first.before) if first else each
    return tuple(each for each in places.values() if each.before != each.after)
