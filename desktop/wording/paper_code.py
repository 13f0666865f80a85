"""What is said of a code typed from paper: whose it is, how that submission stands, or that none here has it."""

from __future__ import annotations

from datetime import datetime

from desktop.domain.bulletin import ExportedBulletin
from desktop.domain.errors import RefusedError
from desktop.domain.paper_code import NearCopy, PaperBulletin, PaperCopy, Recognised, TypedCode
from desktop.domain.quarter import Quarter
from desktop.domain.report import ReportState
from desktop.wording.errors import sentence
from desktop.wording.terms import STATE, clock, full_date, revision

WAITING, REFUSED = "waiting", "refused"
STATE_LINE = "状态"
_DECIDED: dict[str, str] = {ReportState.ACCEPTED: "收下", ReportState.RETURNED: "退回"}
_STATE = {WAITING: "收到了，还没有定", REFUSED: "收到过，没有收下"}
_TONE = {
    ReportState.ACCEPTED: "good",
    ReportState.SUBMITTED: "good",
    ReportState.RETURNED: "warn",
    ReportState.WITHDRAWN: "warn",
    REFUSED: "bad",
}


def state_word(copy: PaperCopy) -> str:
    """How it stands, in one or two words."""
    return _STATE.get(copy.state) or STATE[ReportState(copy.state)]


def tone(copy: PaperCopy) -> str:
    """The colour that goes with the state; a copy that is not the newest never looks good."""
    found = _TONE.get(copy.state, "")
    return "warn" if found in ("", "good") and (copy.later or copy.taken_back) else found


def headline(copy: PaperCopy | PaperBulletin) -> str:
    """清禾县人民政府　2025年第一季度　第1次报送；云岭市人民政府　2025年第一季度　通报"""
    if isinstance(copy, PaperBulletin):
        kind = "通报" if copy.first.letter else "汇总"
        return f"{copy.issuer}　{Quarter.parse(copy.first.quarter).chinese}　{kind}"
    return f"{copy.unit_name}　{Quarter.parse(copy.quarter).chinese}　{revision(copy.revision)}"


def lines(copy: PaperCopy) -> tuple[tuple[str, str], ...]:
    """Names and values that tell how a submission stands."""
    said = [("行动方案", copy.plan_title), (STATE_LINE, state_word(copy))]
    if copy.came_at is not None:
        said.append(("报出" if copy.own else "收到", _when(copy.came_at)))
    if copy.decided_at is not None and copy.state in _DECIDED:
        said.append((_DECIDED[copy.state], _when(copy.decided_at)))
    said += [("原因", _reason(copy)), ("核对码", copy.code)]
    return tuple((name, value) for name, value in said if value)


def bulletin_lines(bulletin: PaperBulletin) -> tuple[tuple[str, str], ...]:
    """Names and values that tell when a bulletin was exported, and what is in it."""
    first = bulletin.first
    said = [
        ("行动方案", first.plan_title),
        ("发文字号", first.number),
        ("数据截至", full_date(first.as_of)),
        *(("导出", _exported(each)) for each in bulletin.files),
        ("核对码", bulletin.code),
    ]
    return tuple((name, value) for name, value in said if value)


def _exported(file: ExportedBulletin) -> str:
    signed = f"，{file.signer}签名" if file.signer else ""
    return f"{_when(file.exported_at)}，{file.name}{signed}"


def bulletin_advice(bulletin: PaperBulletin) -> str:
    """What that means for the paper at hand."""
    if bulletin.later is not None:
        return f"是这里导出的，但同一季度在{_when(bulletin.later)}又导出过一份，内容和这张纸不同。"
    return "是这里导出的，也是这一季度最后导出的一份。原件留在工作区里，可以打开和纸对照。"


def _when(at: datetime) -> str:
    """With its year: paper is looked at years later."""
    return f"{full_date(at.date())} {clock(at)}"


def _reason(copy: PaperCopy) -> str:
    if copy.state == REFUSED and copy.problem:
        return sentence(RefusedError(copy.problem, issuer=copy.unit_name)).title
    return copy.reason


def advice(copy: PaperCopy) -> str:
    """What the state means for the paper at hand."""
    if copy.taken_back:
        return "报送单位后来发来了撤回通知。收下的不变，用之前请先问报送单位。"
    if copy.later:
        return f"同一季度后来又有第{copy.later}次报送，这张纸不是最新的。"
    return {
        ReportState.ACCEPTED: "纸上的内容就是收下的这一份。",
        ReportState.RETURNED: "这一份退回了，不算数。等重新报送。",
        ReportState.WITHDRAWN: "这一份撤回了，不算数。",
        ReportState.SUPERSEDED: "这一份已被后一次代替，这张纸不是最新的。",
        ReportState.REVIEWED: "这一份审核过，还没有签发。",
        ReportState.SIGNED: "这一份签发了，还没有报出。",
        ReportState.SUBMITTED: "这一份报出了，还没有收到回执。",
        WAITING: "文件在“收件”里，请先核对，再定收不收。",
        REFUSED: "没有收下的文件不能当依据。请和报送单位联系。",
    }.get(copy.state, "")


def mended(typed: TypedCode) -> str:
    """Which signs were read otherwise than typed; empty where none were."""
    pairs = "，".join(f"{given} 当作 {taken}" for given, taken in typed.mended)
    where = "摘要值里没有这些字母" if typed.full else "核对码里没有 0、1、8、9"
    return f"{where}，{pairs}。" if pairs else ""


def nothing(found: Recognised) -> tuple[str, str]:
    """Title and text where no submission here has the code."""
    if found.near:
        return "没有哪一份是这个码，有一份很像", near_said(found.near[0])
    looked = f"这里的{found.looked_at}份报送都比过了。" if found.looked_at else "这里还没有报送可比。"
    unread = f"另有{found.unread}个收到的文件读不出来，没有比。" if found.unread else ""
    why = "如果码没有看错，这张纸不是这里的季报印的：可能是别的单位的、改过的，或是审核前的草稿。"
    return "这里没有哪一份是这个码", f"{looked}{unread}{_bulletins(found)}{why}"


def _bulletins(found: Recognised) -> str:
    if found.bulletins_at is None:
        return "汇总通报上的码，请市里核对。"
    if not found.bulletins_at:
        return "这里还没有导出过通报。"
    return f"这里导出的{found.bulletins_at}份通报也比过了。"


def near_said(near: NearCopy) -> str:
    """Which signs to look at once more."""
    at = "、".join(f"第{(place - 1) // 4 + 1}组第{(place - 1) % 4 + 1}个字" for place in near.places)
    return f"{headline(near.copy)}的码只有{at}不同。请对着纸再看这几个字；看清了确实不同，就不是这一份。"
