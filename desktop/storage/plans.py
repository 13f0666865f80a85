"""Drafts of plans, published versions and their quarters' calendars."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from desktop.domain.codec import digest_of
from desktop.domain.errors import UnreadableError
from desktop.domain.plan import Plan, PlanDraft
from desktop.domain.quarter import QuarterCalendar
from desktop.domain.report import PlanRef
from desktop.domain.rules import USUAL, RuleSet
from desktop.storage.database import Database
from desktop.storage.tables import CALENDAR, DRAFT, DRAFT_HEAD, PLAN, PLAN_HEAD, SETTING
from desktop.storage.texts import json_text, value_of


@dataclass(frozen=True)
class DraftInfo:
    """A draft as a list shows it."""

    id: str
    title: str
    file_name: str


class Plans:
    def __init__(self, database: Database) -> None:
        self._database = database
        # A published version never changes, so it is read and decoded once.
        self._known: dict[tuple[str, int], Plan] = {}

    def put_draft(self, draft_id: str, draft: PlanDraft, at: datetime) -> None:
        """Keeps a draft, in place of what was kept under the same id."""
        row = {
            "id": draft_id,
            "title": draft.title,
            "file_name": draft.file_name,
            "content": json_text(draft),
            "updated_at": at.isoformat(),
        }
        self._database.put(DRAFT, row, "id")

    def draft(self, draft_id: str) -> PlanDraft | None:
        row = self._database.row(DRAFT, id=draft_id)
        return None if row is None else value_of(PlanDraft, row["content"])

    def drafts(self) -> tuple[DraftInfo, ...]:
        """All drafts, the one changed last first."""
        rows = self._database.rows(DRAFT_HEAD, "-updated_at", "id")
        return tuple(DraftInfo(r["id"], r["title"], r["file_name"]) for r in rows)

    def remove_draft(self, draft_id: str) -> None:
        """Takes a draft out; nothing happens when it is not there."""
        self._database.remove(DRAFT, id=draft_id)

    def put(self, plan: Plan, at: datetime) -> None:
        """Keeps a version for ever. Raises ValueError when the same version is there with another content."""
        content = json_text(plan)
        digest = digest_of(content.encode("utf-8"))
        with self._database.transaction():
            known = self._database.row(PLAN_HEAD, id=plan.id, version=plan.version)
            if known is not None and known["digest"] != digest:
                raise ValueError(
                    f"version {plan.version} of plan {plan.id} is published with another content"
                )
            if known is None:
                row = {
                    "id": plan.id,
                    "version": plan.version,
                    "title": plan.title,
                    "digest": digest,
                    "content": content,
                    "published_at": at.isoformat(),
                }
                self._database.add(PLAN, [row])

    def get(self, plan_id: str, version: int | None = None) -> Plan:
        """A version, or the newest. Raises KeyError; UnreadableError(`workspace_damaged`) when it was altered."""
        if version is not None and (plan_id, version) in self._known:
            return self._known[plan_id, version]
        wanted = {} if version is None else {"version": version}
        head = self._database.row(PLAN_HEAD, "-version", id=plan_id, **wanted)
        if head is None:
            raise KeyError(plan_id)
        found = int(head["version"])
        if (plan_id, found) not in self._known:
            plan = self._read(plan_id, found)
            # What an open transaction wrote may yet be undone.
            if self._database.within_transaction:
                return plan
            self._known[plan_id, found] = plan
        return self._known[plan_id, found]

    def _read(self, plan_id: str, version: int) -> Plan:
        row = self._database.rows(PLAN, id=plan_id, version=version)[0]
        if digest_of(row["content"].encode("utf-8")) != row["digest"]:
            raise UnreadableError(
                "workspace_damaged", folder=str(self._database.folder), detail=f"plan {plan_id} v{version}"
            )
        return value_of(Plan, row["content"])

    def all(self) -> tuple[PlanRef, ...]:
        """The newest version of each plan, the one published last first."""
        rows = self._database.rows(PLAN_HEAD, "-published_at", "-version", "id")
        newest: dict[str, int] = {}
        for row in rows:
            newest[row["id"]] = max(row["version"], newest.get(row["id"], 0))
        return tuple(_ref(row) for row in rows if newest[row["id"]] == row["version"])

    def versions(self, plan_id: str) -> tuple[PlanRef, ...]:
        """All versions of a plan, the first first."""
        return tuple(_ref(row) for row in self._database.rows(PLAN_HEAD, "version", id=plan_id))

    def put_calendar(self, plan_id: str, calendar: QuarterCalendar) -> None:
        """Sets a quarter's three dates."""
        row = {
            "plan_id": plan_id,
            "quarter": calendar.quarter,
            "opens": calendar.opens.isoformat(),
            "due": calendar.due.isoformat(),
            "closes": calendar.closes.isoformat(),
        }
        self._database.put(CALENDAR, row, "plan_id", "quarter")

    def calendar(self, plan_id: str, quarter: str) -> QuarterCalendar | None:
        row = self._database.row(CALENDAR, plan_id=plan_id, quarter=quarter)
        return None if row is None else _calendar(row)

    def calendars(self, plan_id: str) -> tuple[QuarterCalendar, ...]:
        """All calendars of a plan, by quarter."""
        rows = self._database.rows(CALENDAR, "quarter", plan_id=plan_id)
        return tuple(_calendar(row) for row in rows)

    def put_rules(self, plan_id: str, rules: RuleSet) -> None:
        """Sets the rules by which a plan's reports are checked."""
        self._database.put(SETTING, {"key": _rules_key(plan_id), "value": json_text(rules)}, "key")

    def rules(self, plan_id: str) -> RuleSet:
        """A plan's rules; the defaults where none were set."""
        row = self._database.row(SETTING, key=_rules_key(plan_id))
        return USUAL if row is None else value_of(RuleSet, row["value"])


def _rules_key(plan_id: str) -> str:
    return f"rules/{plan_id}"


def _ref(row: dict[str, Any]) -> PlanRef:
    return PlanRef(row["id"], row["version"], row["title"], row["digest"])


def _calendar(row: dict[str, Any]) -> QuarterCalendar:
    opens, due, closes = (date.fromisoformat(row[name]) for name in ("opens", "due", "closes"))
    return QuarterCalendar(row["quarter"], opens, due, closes)
