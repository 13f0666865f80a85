"""What a package from above changed, in words: one line on arrival, and the whole beside it."""

from __future__ import annotations

from desktop.domain.assignment import measures_for
from desktop.domain.identity import KEY_PURPOSES, SignRole
from desktop.domain.package import PackageKind
from desktop.domain.plan import Plan
from desktop.domain.quarter import Quarter
from desktop.domain.report import Report
from desktop.domain.succession import changes_for
from desktop.services import enrolling, withdrawing
from desktop.services.receiving import Applied
from desktop.storage import Store
from desktop.wording.amending import counted
from desktop.wording.inspection import WITHDRAWN
from desktop.wording.terms import SIGN_ROLE, month_day, revision, spoken, valid_until

Told = tuple[str, list[tuple[str, str]]]


def told(store: Store, kind: PackageKind, subject: str) -> Told:
    """Title and paragraphs (heading, text) for something that was taken in; `subject` as in `Applied`."""
    match kind:
        case PackageKind.PLAN:
            return _plan(store, store.plans.get(subject))
        case PackageKind.RECEIPT:
            return _receipt(store.reports.get(subject))
        case PackageKind.RETURN:
            return _return(store, store.reports.get(subject))
        case PackageKind.CERTIFICATE:
            return _certificate(store, subject)
        case PackageKind.WITHDRAWAL:
            return _withdrawal(store, subject)
    return _invitation()


def one_line(store: Store, applied: Applied) -> str:
    """What one file changed, in a line."""
    if applied.again:
        return "收过了，内容相同，没有重复导入。"
    title, paragraphs = told(store, applied.kind, applied.subject)
    return f"{title}。{paragraphs[0][1]}" if paragraphs else f"{title}。"


def shown_for(store: Store, kind: PackageKind, subject: str) -> tuple[str, Quarter | None]:
    """The plan, and the quarter where it is of one, that the place after something from above is to show."""
    match kind:
        case PackageKind.PLAN:
            return subject, None
        case PackageKind.RECEIPT | PackageKind.RETURN:
            report = store.reports.get(subject)
            return report.plan_id, Quarter.parse(report.quarter)
    return "", None


def place_after(kind: PackageKind) -> tuple[str, str]:
    """The place that comes next, and the words that lead there."""
    return {
        PackageKind.PLAN: ("filling", "去填报"),
        PackageKind.RETURN: ("filling", "去修改"),
        PackageKind.RECEIPT: ("export", "看这次报送"),
        PackageKind.CERTIFICATE: ("keys", "看证书"),
        PackageKind.INVITATION: ("keys", "去申请证书"),
        PackageKind.WITHDRAWAL: ("desk", "看总览"),
    }[kind]


def _plan(store: Store, plan: Plan) -> Told:
    own = len(measures_for(plan, store.workspace.unit.code))
    quarters = [
        f"{Quarter.parse(c.quarter).chinese}，{month_day(c.due)}截止" for c in store.plans.calendars(plan.id)
    ]
    paragraphs = [("", f"{plan.title}，第{plan.version}版，本单位{own}条任务。")]
    held = [ref.version for ref in store.plans.versions(plan.id) if ref.version < plan.version]
    if held:
        changes = changes_for(plan, store.plans.get(plan.id, held[-1]), store.workspace.unit.code)
        if changes:
            told = f"{counted([c.kind for c in changes])}。填过的内容都在。"
            paragraphs.append((f"和第{held[-1]}版相比", told))
    if quarters:
        paragraphs.append(("开放的季度", "\n".join(quarters)))
    return "任务包已导入", paragraphs


def _receipt(report: Report) -> Told:
    quarter = Quarter.parse(report.quarter).chinese
    paragraphs = [("", f"{quarter}的季报办完了。")]
    if report.reason:
        paragraphs.append(("市里的话", report.reason))
    return f"市里已收下{revision(report.revision)}", paragraphs


def _return(store: Store, report: Report) -> Told:
    plan = store.plans.get(report.plan_id)
    due = f"请在{month_day(report.due)}前改好再报。" if report.due else "请改好再报。"
    paragraphs = [("", due)]
    if report.reason:
        paragraphs.append(("原因", report.reason))
    for measure in plan.measures:
        if measure.key in report.returned:
            text = report.returned[measure.key]
            paragraphs.append((f"{spoken(plan.label(measure))}　{measure.title}", text or "要改"))
    quarter = Quarter.parse(report.quarter).chinese
    return f"市里退回了{quarter}{revision(report.revision)}", paragraphs


def _withdrawal(store: Store, digest: str) -> Told:
    """At the superior: what a unit took back, and what becomes of it."""
    notice = withdrawing.notice_of(store, digest)
    unit = store.units.region().find(notice.issuer.code)
    name = unit.short_name if unit else notice.issuer.name
    quarter, nth = Quarter.parse(notice.said.quarter).chinese, revision(notice.said.revision)
    said = WITHDRAWN[notice.outcome].format(nth=nth)
    return f"{name}撤回{quarter}{nth}", [("", f"{said}。"), ("撤回原因", notice.said.reason)]


def _certificate(store: Store, purpose: str) -> Told:
    role = next((role for role, own in KEY_PURPOSES.items() if own == purpose), SignRole.ISSUER)
    state = enrolling.signing_state(store, role)
    until = valid_until(state.not_after)
    if role is not SignRole.ISSUER:
        return f"{SIGN_ROLE[role]}的证书已装好，可以签名了", [
            ("", f"{SIGN_ROLE[role]}{state.person}{until}。")
        ]
    return "证书已装好，可以签发了", [("", f"签发人{state.person}{until}。")]


def _invitation() -> Told:
    return "已信任市里的根证书", [("", "接下来申请证书，签发季报要用它。")]
