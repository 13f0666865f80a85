"""What the export page says of a report, in each of its states."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from desktop.domain.approval import Approval
from desktop.domain.errors import UserError
from desktop.domain.quarter import Quarter
from desktop.domain.report import Report, ReportState
from desktop.services import withdrawing
from desktop.services.reviewing import frozen_document
from desktop.storage import Store
from desktop.views.context import Context
from desktop.views.pages.export_parts import Aside, FileLine
from desktop.wording.approving import full_line
from desktop.wording.paper import faces_used
from desktop.wording.terms import STATE, moment, month_day, revision

STOPPED = ("warn", "停下来了，盘上没有留下半个文件", "电脑里的季报没有受影响。想继续时，再点写入。")


def nothing_signed(report: Report | None, context: Context) -> tuple[str, str, str, str]:
    """Title, text, action and the place it leads to, while there is nothing to write."""
    quarter = context.quarter.chinese if context.quarter else "这个季度"
    if not context.plan_id:
        return "还没有任务", "在“收件”里导入市里发来的任务包（.jbx）。", "去收件", "inbox"
    if report is None:
        return f"{quarter}还没有开始填报", "填完、审核、签发以后，在这里写进U盘。", "去填报", "filling"
    if report.state is ReportState.DRAFT:
        text = "填完并审核通过以后，才能签发和报送。"
        if report.revision > 1:
            text = f"上一次报送被退回了，{revision(report.revision)}还在填。"
        return "还没有签发", text, "去填报", "filling"
    if report.state is ReportState.WITHDRAWN:
        return f"{revision(report.revision)}已经撤回", "重新签发以后，在这里写进U盘。", "去填报", "filling"
    return "还没有签发", "已经审核通过。签发以后，在这里写进U盘。", "去审核签发", "review"


def caption(report: Report) -> str:
    """第2次报送　4月7日 09:06 签发"""
    signed = f"　{moment(report.signed_at)} 签发" if report.signed_at else ""
    return revision(report.revision) + signed


def standing(report: Report, written: str, files: int, done: str = "已写入并核对") -> tuple[str, str, str]:
    """Tone, title and text of the banner for a report at rest; `written` names where it was written
    just now, `done` says that it is."""
    nth, quarter = revision(report.revision), Quarter.parse(report.quarter).chinese
    match report.state:
        case ReportState.ACCEPTED | ReportState.SUPERSEDED:
            when = f"{month_day(report.decided_at)}收下。" if report.decided_at else ""
            said = f"附言：{report.reason}" if report.reason else f"{quarter}这一季办完了。"
            return "good", f"市里已收下{nth}", when + said
        case ReportState.RETURNED:
            due = f"请在{month_day(report.due)}前改好再报。" if report.due else ""
            marked = f"其中{len(report.returned)}条写明了原因。" if report.returned else ""
            return (
                "warn",
                f"市里退回了{nth}",
                f"{report.reason.rstrip('。')}。{marked}{due}" if report.reason else f"{marked}{due}",
            )
        case ReportState.WITHDRAWN:
            text = "把撤回通知写出来交给市里；下一次报送时也会一起写出。"
            return "warn", f"{nth}已撤回", f"原因：{report.reason.rstrip('。')}。{text}"
    if written:
        return (
            "good",
            done,
            f"{files}个文件写进了“{written}”，又读回来逐个比对，完全一致。",
        )
    if report.state is ReportState.SUBMITTED and report.submitted_at:
        return (
            "info",
            f"{moment(report.submitted_at)}已写出，等市里的回执",
            "收到回执后在“收件”里导入。U盘丢了，可以再写一次，内容完全相同。",
        )
    return "info", f"{nth}已签发，还没有写出", f"{files}个文件写进U盘或文件夹，写完会读回来逐个比对。"


def folder_names(files: Mapping[str, bytes]) -> tuple[str, ...]:
    """The folder on a stick: 蓝天季报, then the report's own."""
    package = next((name for name in files if name.endswith(".jbx")), "季报.jbx")
    return "蓝天季报", Path(package).stem


def file_lines(
    store: Store, report: Report, files: Mapping[str, bytes], approval: Approval | None = None
) -> list[FileLine]:
    """The three files with what each is for."""
    document = frozen_document(store, report)[0]
    rows = len(document.rows)
    evidence = len({e.digest for line in document.rows for e in line.entry.evidence})
    attached = f"和{evidence}份佐证材料" if evidence else "，没有佐证材料"
    attached += "，附签批单扫描件" if approval else ""
    use = {
        ".pdf": "给人看、打印、盖章，含电子签名",
        ".xlsx": f"给人汇总。{rows}行，一行一条措施",
        ".jbx": f"给市里的程序导入。含全部数据{attached}",
    }
    notices = {item.file_name for item in withdrawing.notices(store, report)}
    told = "告诉市里，前面的一次已经撤回"
    return [
        FileLine(name, told if name in notices else use[Path(name).suffix], len(data))
        for name, data in files.items()
    ]


def renamed(lines: Sequence[FileLine], names: Sequence[str]) -> list[FileLine]:
    """The same lines under the names they were written by."""
    return [replace(line, name=name) for line, name in zip(lines, names, strict=True)]


def aside(store: Store, report: Report, approval: Approval | None = None) -> Aside:
    """The facts beside the steps."""
    superior = store.workspace.superior
    name = superior.name if superior else ""
    unit = store.units.region().find(superior.code) if superior else None
    contact = f"联系人：{unit.contact}" if unit and unit.contact else ""
    if unit and unit.phone:
        contact = f"{contact}　电话 {unit.phone}".strip()
    same = store.reports.find(plan_id=report.plan_id, unit_code=report.unit_code, quarter=report.quarter)
    before = [r for r in same if r.revision < report.revision and r.state is ReportState.RETURNED]
    order = f"第{report.revision}次"
    if before and before[-1].decided_at:
        order += f"（{revision(before[-1].revision)}{month_day(before[-1].decided_at)}被退回）"
    facts = (
        ("收件单位", name),
        ("报送顺序", order),
        ("签发人", full_line(approval) if approval else report.people.issuer),
        ("核对码", report.code),
        ("状态", STATE[report.state]),
        *_faces(store, report),
    )
    return Aside(name, contact, facts)


def _faces(store: Store, report: Report) -> tuple[tuple[str, str], ...]:
    """字体, by what was kept when the pages were signed; nothing for reports from before that was kept."""
    try:
        kept = store.reports.faces(report.id)
    except UserError:
        return (("字体", "签发时记下的字体读不出来了，签名的文件不受影响。"),)
    return (("字体", faces_used(kept.uses)),) if kept else ()
