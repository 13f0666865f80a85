"""Single words and short labels: statuses, states, kinds, fields."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from desktop.domain.goals import TITLE
from desktop.domain.identity import SignRole
from desktop.domain.report import STATUS_WORDS, ProgressStatus, ReportState
from desktop.domain.summary import UnitProgress
from desktop.domain.targets import OVERALL, Accumulation, Audience, Comparator
from desktop.domain.unit import UnitKind

NO_STATUS = "未填"

STATE = {
    ReportState.DRAFT: "填报中",
    ReportState.REVIEWED: "审核通过，待签发",
    ReportState.SIGNED: "已签发，待报送",
    ReportState.SUBMITTED: "已报送，等回执",
    ReportState.ACCEPTED: "已收下",
    ReportState.RETURNED: "已退回",
    ReportState.WITHDRAWN: "已撤回",
    ReportState.SUPERSEDED: "已被后一次代替",
}
UNIT_STATE = {
    UnitProgress.MISSING: "还没报来",
    UnitProgress.WAITING: "等您定",
    UnitProgress.ACCEPTED: "已收下",
    UnitProgress.RETURNED: "已退回",
}
UNIT_KIND = {
    UnitKind.CITY: "市",
    UnitKind.COUNTY: "县（市、区）",
    UnitKind.PARK: "园区",
    UnitKind.DEPARTMENT: "部门",
    UnitKind.AGENCY: "中央、自治区驻市单位",
    UnitKind.COMPANY: "企业",
}
FIELD = {
    "status": "进展状态",
    "progress": "进展情况",
    "problems": "存在问题",
    "next_steps": "下一步措施",
    "explanation": "说明",
    "reading": "指标完成值",
    "evidence": "佐证材料",
}
ROLE = {"lead": "牵头", "support": "配合", "implement": "落实", "shared": "按职责分工"}
PERSON = {"preparer": "填报人", "reviewer": "审核人", "issuer": "签发人", "phone": "联系电话"}
SIGN_ROLE = {SignRole.PREPARER: "填报人", SignRole.REVIEWER: "审核人", SignRole.ISSUER: "签发人"}
PACKAGE = {
    "invitation": "邀请",
    "request": "证书申请",
    "certificate": "证书",
    "plan": "任务包",
    "submission": "季报",
    "receipt": "回执",
    "return": "退回单",
    "withdrawal": "撤回通知",
}
COMPARATOR = {
    Comparator.AT_LEAST: "≥",
    Comparator.AT_MOST: "≤",
    Comparator.MORE_THAN: "＞",
    Comparator.LESS_THAN: "＜",
    Comparator.EQUAL: "＝",
    Comparator.ABOUT: "约",
}

ACCUMULATION = {
    Accumulation.POINT_IN_TIME: "到某一时点的数",
    Accumulation.QUARTER: "当季的数",
    Accumulation.YEAR_TO_DATE: "本年累计",
    Accumulation.PLAN_TO_DATE: "方案期累计",
}
AUDIENCE = {
    Audience.EACH: "每个落实单位",
    Audience.NAMED: "只由这些单位",
    Audience.CITY: "只由市里",
}
ENROLMENT = {
    "": "未邀请",
    "invited": "已邀请",
    "requested": "已申请",
    "certified": "已发证书",
    "revoked": "已注销",
}


def status_word(code: str) -> str:
    """The word for a status code; 未填 for none."""
    return STATUS_WORDS[ProgressStatus(code)] if code else NO_STATUS


def spoken(label: str) -> str:
    """A measure's number as people say it: 第19条, 第9-2条; 保障-一 as it stands; 总体目标 for the row at the head."""
    if label == OVERALL:
        return TITLE
    return f"第{label}条" if label[:1].isdigit() else label


def revision(number: int) -> str:
    return f"第{number}次报送"


def number(value: Decimal | None) -> str:
    """A figure as people write it: no trailing zeros, no exponent; empty when not given."""
    if value is None:
        return ""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def goal(comparator: Comparator, value: Decimal | None, unit: str) -> str:
    """A target's goal: `≥ 90%`, `≤ 50微克/立方米`; a blank one says so."""
    if value is None:
        return "方案里空着"
    return f"{COMPARATOR[comparator]} {number(value)}{unit}"


def month_day(day: date) -> str:
    return f"{day.month}月{day.day}日"


def full_date(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def valid_until(day: date | None) -> str:
    """，有效到2027年3月1日; nothing where the day is not known."""
    return f"，有效到{full_date(day)}" if day else ""


def clock(moment: datetime) -> str:
    return f"{moment:%H:%M}"


def moment(at: datetime) -> str:
    """A date with the time of day: 4月7日 09:06."""
    return f"{month_day(at)} {clock(at)}"


def file_size(size: int, places: int = 1) -> str:
    """A size in B, kB or MB (with so many decimals), with a space before the unit."""
    if size < 1000:
        return f"{size} B"
    if size < 1_000_000:
        return f"{size / 1000:.0f} kB"
    return f"{size / 1_000_000:.{places}f} MB"


def listed(names: list[str] | tuple[str, ...], most: int = 6) -> str:
    """Names in a row, the rest as a count: 甲、乙等3家."""
    if len(names) <= most:
        return "、".join(names)
    return "、".join(names[:most]) + f"等{len(names)}家"
