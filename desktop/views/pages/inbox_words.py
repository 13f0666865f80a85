"""What the inbox says of a file: its line in the list, its heading, its verdict."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from desktop.domain.package import Fact, InboxItem, InboxState, PackageKind
from desktop.domain.quarter import Quarter
from desktop.domain.report import ReportState
from desktop.domain.unit import Region
from desktop.services.inspecting import Inspection
from desktop.views.models.rows import GroupHead, ListRow, Row
from desktop.views.pages.plan_titles import plan_of
from desktop.wording.inspection import VERDICT
from desktop.wording.terms import PACKAGE, STATE, clock, file_size, moment, month_day, revision

GROUPS = {"waiting": "等您定", "refused": "不能收", "done": "办完"}
_DONE_WORDS = {
    PackageKind.SUBMISSION: "已收下",
    PackageKind.REQUEST: "已发证书",
    PackageKind.INVITATION: "已信任",
    PackageKind.WITHDRAWAL: "已登记",
}


def group_of(item: InboxItem) -> str:
    """Which chip a file belongs to: waiting, refused or done."""
    if item.state is InboxState.WAITING:
        return "waiting"
    return "refused" if item.state is InboxState.REFUSED else "done"


def state_word(item: InboxItem) -> tuple[str, str]:
    """The word at the right of a line, with its tone."""
    match item.state:
        case InboxState.WAITING:
            if item.problem == "sequence_gap":
                return "等前一份", "warn"
            return ("等您核对" if item.kind in _COMPARED else "等您定"), "accent"
        case InboxState.REFUSED:
            return ("已撤回", "warn") if item.problem == "submission_withdrawn" else ("不能收", "bad")
        case InboxState.RETURNED:
            return "已退回", "warn"
    return _DONE_WORDS.get(PackageKind(item.kind), "已导入"), "good"


_COMPARED = (PackageKind.REQUEST, PackageKind.INVITATION)


def sender(item: InboxItem, region: Region) -> str:
    """The short name of who sent it."""
    unit = region.find(item.issuer.code)
    return unit.short_name if unit else item.issuer.name


def quarter_of(item: InboxItem) -> str:
    """The quarter it is about, in words; empty for those that belong to none."""
    text = item.quarter or item.stream.rpartition("/")[2]
    try:
        return Quarter.parse(text).chinese
    except ValueError:
        return ""


def list_row(
    item: InboxItem, region: Region, today: date, leads: bool, plans: Mapping[str, str] | None = None
) -> ListRow:
    """Sender and what it is, at a unit the other way round; when it came, how it stands."""
    word, tone = state_word(item)
    at = item.received_at
    what = PACKAGE[item.kind]
    if item.kind == PackageKind.SUBMISSION:
        what = revision(item.revision) if item.revision else what
    title, second = (sender(item, region), what) if leads else (what, sender(item, region))
    plan = plan_of(item, plans or {})
    caption = "　".join(part for part in (quarter_of(item), second, plan) if part)
    return ListRow(
        item.digest,
        title,
        strong=item.state is InboxState.WAITING,
        caption=caption,
        right_top=clock(at) if at.date() == today else month_day(at),
        right_bottom=word,
        right_tone=tone,
        tooltip="\n".join(part for part in (plan, item.file_name) if part),
    )


def rows(
    items: Sequence[InboxItem],
    chip: str,
    region: Region,
    today: date,
    leads: bool,
    plans: Mapping[str, str] | None = None,
) -> list[Row]:
    """The lines of the list; with all shown, under a head for each group but the first."""
    found: list[Row] = []
    for group, title in GROUPS.items():
        members = [item for item in items if group_of(item) == group]
        if chip not in ("all", group) or not members:
            continue
        if chip == "all" and (found or group != "waiting"):
            found.append(GroupHead(title))
        found += [list_row(item, region, today, leads, plans) for item in members]
    return found


def counts(items: Iterable[InboxItem]) -> Mapping[str, int]:
    """How many files each chip has."""
    found = dict.fromkeys(GROUPS, 0)
    for item in items:
        found[group_of(item)] += 1
    return found


def repeated(item: InboxItem) -> str:
    """A file that came a second time."""
    return f"这份已经在{moment(item.received_at)}收过，内容相同。没有重复入库。"


def heading(
    item: InboxItem, seen: Inspection, region: Region, plans: Mapping[str, str] | None = None
) -> tuple[str, str]:
    """Title and caption: who, which quarter, which time; of which plan where there are several, what it replaces."""
    what = PACKAGE[item.kind]
    if seen.document is not None:
        what = revision(seen.document.revision)
    title = "　".join(part for part in (sender(item, region), quarter_of(item), what) if part)
    held, plan = seen.replaces, plan_of(item, plans or {})
    if held is None or seen.document is None or held.revision >= seen.document.revision:
        return title, plan
    when = month_day(held.decided_at) if held.decided_at else ""
    instead = f"代替{when}{STATE[held.state].removeprefix('已')}的第{held.revision}次"
    return title, "　".join(part for part in (instead, plan) if part)


def verdict(item: InboxItem, seen: Inspection) -> tuple[str, str, str]:
    """Tone, title and text of the banner over the checks."""
    facts = shown_facts(item, seen)
    bad = sum(fact.ok is False for fact in facts)
    when = moment(item.decided_at) if item.decided_at else ""
    if item.state in (InboxState.TAKEN, InboxState.RETURNED):
        word, tone = state_word(item)
        return tone, f"{when} {word}".strip(), f"{len(facts)}项查验都通过" if not bad else ""
    if seen.verdict == "ready":
        if any("contested" in (fact.facts or {}) for fact in facts):
            return "warn", "先打电话核实，再定", "同一个编号来过两份内容不同的文件。现在还什么都没改"
        if item.kind in _COMPARED:
            return "warn", "先打电话核对指纹", "其他查验都通过。现在还什么都没改"
        return "good", VERDICT["ready"], f"{len(facts)}项查验都通过。现在还什么都没改"
    tone = "bad" if seen.verdict == "refused" else "warn"
    return tone, VERDICT[seen.verdict], f"{bad}项没有通过" if bad else ""


def shown_facts(item: InboxItem, seen: Inspection) -> list[Fact]:
    """The checks, failed ones first; of a decided file without its order and what was still to be compared."""
    decided = item.state in (InboxState.TAKEN, InboxState.RETURNED)
    facts = [
        f for f in seen.facts if not (decided and (f.subject == "order" or "compare" in (f.facts or {})))
    ]
    return sorted(facts, key=lambda fact: fact.ok is not False)


def details(item: InboxItem, seen: Inspection) -> list[tuple[str, str]]:
    """What stands under 查验详情."""
    header = seen.opened.header
    signer = seen.opened.verification.signers[0] if seen.opened.verification.signers else None
    found = [
        ("文件", f"{item.file_name}，{file_size(item.size)}"),
        ("收到", moment(item.received_at)),
        ("SHA-256", item.digest),
        ("发件编号", f"第{header.sequence}份"),
        ("前一份", header.previous or "没有"),
        ("写出时间", f"{moment(header.claimed_time)}（对方电脑的时间）"),
        ("程序版本", header.program_version),
    ]
    if signer is not None:
        found.append(("证书指纹", signer.fingerprint))
    return found


def compared_to(seen: Inspection) -> str:
    """The head of the column with what the books say now: 第1次报送（已退回）."""
    held = seen.replaces
    if held is None:
        return "库里现在"
    state = STATE[held.state] if held.state in (ReportState.ACCEPTED, ReportState.RETURNED) else ""
    return f"{revision(held.revision)}（{state}）" if state else revision(held.revision)
