"""How quarters and plans stand, in the few words that a menu has room for."""

from __future__ import annotations

from datetime import date

from desktop.domain.glance import PlanGlance, QuarterGlance
from desktop.domain.quarter import Quarter
from desktop.domain.report import ReportState
from desktop.wording.terms import STATE, month_day


def quarter_said(seen: QuarterGlance, today: date) -> str:
    """What stands beside a reporting unit's quarter: 填报中 18/32，4月10日截止; 已签发，待报送; 已锁定."""
    if (decided := _decided(seen)) is not None:
        return decided
    if seen.calendar is not None and today < seen.calendar.opens and not seen.done:
        return f"{month_day(seen.calendar.opens)}开放"
    return "，".join(part for part in (_filling(seen), _until(seen, today)) if part)


def units_said(seen: QuarterGlance, today: date) -> str:
    """What stands beside a superior's quarter: 收下3/8家，4月10日截止."""
    return "，".join(part for part in (_taken(seen), _until(seen, today)) if part)


def plan_said(seen: PlanGlance, today: date, leads: bool) -> str:
    """How far a plan is: 2025年第一季度　已填18/32，还剩6天."""
    shown = seen.quarter
    if shown is None:
        return "还没有开放季度"
    name = Quarter.parse(shown.quarter).chinese
    if leads:
        return f"{name}　{_taken(shown)}，{_left(shown, today)}".rstrip("，")
    said = _decided(shown) or f"已填{shown.done}/{shown.total}，{_left(shown, today)}".rstrip("，")
    return f"{name}　{said}"


def _decided(seen: QuarterGlance) -> str | None:
    """A state in which nothing is filled in any more."""
    if seen.state is ReportState.RETURNED and seen.due is not None and not seen.locked:
        return f"{STATE[seen.state]}，{month_day(seen.due)}前重报"
    if seen.state not in (None, ReportState.DRAFT):
        return STATE[seen.state]
    return "已锁定" if seen.locked else None


def _filling(seen: QuarterGlance) -> str:
    word = "还没填" if seen.state is None else "填报中"
    return f"{word} {seen.done}/{seen.total}"


def _taken(seen: QuarterGlance) -> str:
    return f"收下{seen.done}/{seen.total}家"


def _until(seen: QuarterGlance, today: date) -> str:
    if seen.locked:
        return "已锁定"
    if seen.due is None:
        return ""
    return f"{month_day(seen.due)}截止" if today <= seen.due else f"{month_day(seen.due)}已截止"


def _left(seen: QuarterGlance, today: date) -> str:
    if seen.locked:
        return "已锁定"
    if seen.due is None:
        return ""
    left = (seen.due - today).days
    return f"还剩{left}天" if left > 0 else "今天截止" if left == 0 else f"过了{-left}天"
