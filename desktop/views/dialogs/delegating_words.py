"""What the pages say about 县内分工 and about workbooks that go out and come back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from desktop.services.weighing import Choice, FieldPreview, FieldState
from desktop.wording.terms import FIELD, listed, moment, month_day, revision

if TYPE_CHECKING:
    # What hands out and takes back workbooks brings signing and spreadsheets along: not before somebody does so.
    from desktop.services.circulating import CameBack, HandedOut
    from desktop.services.delegating import BureauProgress
    from desktop.services.gathering import Gathered, WorkbookPreview

NOBODY = "还没分"
CHOSEN = "所选措施"
STATES = {
    FieldState.CONFLICT: "两边都写了，不一样",
    FieldState.PROPOSED: "拿不准的",
    FieldState.CHANGED: "表里改过的",
    FieldState.NEW: "表里新填的",
    FieldState.REFUSED: "收不了的",
}
MISSING = "发出时有，表里没有了"
UNKNOWN_ROWS = "认不出的行"
CHOICES = {
    Choice.OURS: ("用我们的", "现在的内容不动"),
    Choice.THEIRS: ("用表里的", "代替现在的内容"),
    Choice.BOTH: ("都要", "我们的在前，表里的接在后面"),
}
EMPTY = "（空）"


def person(contact: str, phone: str) -> str:
    return " ".join(part for part in (contact, phone) if part)


def how_far(progress: BureauProgress) -> str:
    """已填3/8，滞后1条，要看的2处; what is none is not said."""
    if not progress.total:
        return "还没有分到措施"
    parts = [f"已填{progress.filled}/{progress.total}"]
    parts += [f"滞后{progress.behind}条"] if progress.behind else []
    parts += [f"退回{progress.returned}条"] if progress.returned else []
    parts += [f"要看的{progress.findings}处"] if progress.findings else []
    return "，".join(parts)


def handed_out(told: HandedOut | None) -> str:
    if told is None:
        return "还没发过"
    by = f"，{month_day(told.reply_by)}前交" if told.reply_by else ""
    return f"{month_day(told.at)}发出{by}"


def back(told: HandedOut | None, found: CameBack | None) -> str:
    """Whether the newest workbook of a bureau came back."""
    if found is not None and (told is None or found.at >= told.at):
        return f"{month_day(found.at)}收回"
    return "还没交回" if told is not None else ""


def record(event: HandedOut | CameBack) -> str:
    """One line of what went out and what came back."""
    to = event.bureau or CHOSEN
    from desktop.services.circulating import HandedOut

    if isinstance(event, HandedOut):
        return f"{moment(event.at)}　{event.actor}　发给{to}，{event.measures}条　{event.file}"
    facts = [f"收下{event.taken}处"]
    facts += [f"没收{event.left}处"] if event.left else []
    facts += [f"收不了{event.refused}处"] if event.refused else []
    return f"{moment(event.at)}　{event.actor}　收回{to}的表，{'，'.join(facts)}　{event.file}"


def field_name(field: FieldPreview) -> str:
    """进展情况, or a target's name; with 的说明 for its note."""
    if field.place.field == "note":
        return f"{field.indicator}（说明）"
    return field.indicator or FIELD[field.place.field]


def workbook_line(seen: WorkbookPreview, place: int, total: int) -> str:
    """Under the title of a workbook that came back: its file, when it went out, which of how many."""
    parts = [seen.file]
    parts += [f"{month_day(seen.handed_out_at)}发出"] if seen.handed_out_at else []
    parts += [f"第{place}份，共{total}份"] if total > 1 else []
    return "，".join(parts)


def cautions(seen: WorkbookPreview, number: int) -> list[str]:
    """What is to be known about a workbook before anything of it is taken; `number` is this revision's."""
    found = []
    if seen.taken_before is not None:
        found.append(f"同一份表在{moment(seen.taken_before)}收过。")
    if seen.report_changed:
        found.append(f"这份表是上一次报送时发出的，现在是{revision(number)}。")
    return found


def gathered(seen: WorkbookPreview, done: Gathered) -> str:
    """What became of a workbook, in one sentence."""
    name = seen.bureau or seen.file
    refused = len(done.refused) + len(done.refused_rows)
    parts = [f"收下{len(done.taken)}处" if done.taken else "没有要收的"]
    parts += [f"{len(done.left)}处没有收，保留我们的"] if done.left else []
    parts += [f"{len(done.stale)}处在核对时又改过，没有动"] if done.stale else []
    parts += [f"{refused}处收不了"] if refused else []
    return f"{name}：{'，'.join(parts)}。"


def divided(count: int, added: Sequence[str]) -> str:
    """After proposals were taken."""
    new = f"名单里新加了{listed(list(added))}，请补上联系人和电话。" if added else ""
    return f"分好了{count}条。{new}"
