"""What the filling and review pages say: states of a report, figures against their goals, what is left to do."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from desktop.domain.quarter import Quarter, QuarterCalendar
from desktop.domain.report import Report, ReportState
from desktop.domain.schedule import Standing, short_of
from desktop.domain.targets import Accumulation, Comparator, Target, Verdict, shortfall, verdict_on
from desktop.wording.terms import FIELD, full_date, month_day, number, revision, spoken

ACCUMULATION = {
    Accumulation.QUARTER: "填当季数",
    Accumulation.YEAR_TO_DATE: "填本年累计数",
    Accumulation.PLAN_TO_DATE: "填方案期累计数",
    Accumulation.POINT_IN_TIME: "填季末的数",
}
NOT_COMPARABLE = {
    Accumulation.YEAR_TO_DATE: "本年累计每年1月重新算，本年还没有可比的数",
    Accumulation.QUARTER: "还没有报过当季的数",
    Accumulation.PLAN_TO_DATE: "还没有报过",
    Accumulation.POINT_IN_TIME: "还没有报过",
}
BY_TIME = {
    Accumulation.YEAR_TO_DATE: "都不填，就按时间从1月算到期限；填了一个，就只按填的。没填的季度，用前面最近一个。",
    Accumulation.PLAN_TO_DATE: "都不填，就按时间从方案开始算到期限；填了一个，就只按填的。没填的季度，用前面最近一个。",
    Accumulation.POINT_IN_TIME: "不填就没有序时应达，只看最后的目标。没填的季度，用前面最近一个。",
    Accumulation.QUARTER: "不填就没有序时应达。只在填了的季度里看。",
}
SIGN_STEPS = {
    "unlock": "核对口令",
    "render": "排版",
    "sign": "签名",
    "workbook": "做工作簿",
    "pack": "打包",
    "done": "存好",
}


@dataclass(frozen=True)
class Notice:
    """A banner: its tone, what is so, what next; `action` is its button, going to `place` (`revise` begins anew)."""

    tone: str
    title: str
    text: str = ""
    action: str = ""
    place: str = ""


@dataclass(frozen=True)
class Said:
    """How a figure stands, in words; `met`: the final target is reached; `short`: it falls short of 序时应达."""

    text: str
    met: bool = False
    short: bool = False


def standing(target: Target, value: Decimal | None) -> tuple[str, bool | None]:
    """How a reading stands to the final target, in words, and whether it is reached; falling short is no 滞后."""
    if value is None:
        return "还没填", None
    verdict = verdict_on(target, value)
    if verdict is None:
        return "方案没有定数", None
    if verdict is Verdict.REACHED:
        return "已达到", True
    if verdict is Verdict.NEAR:
        return f"接近目标，相差{number(abs(value - (target.value or value)))}{target.unit}", None
    return _missing(target, value), None if verdict is Verdict.ABOVE else False


def placed(target: Target, value: Decimal | None, due: Decimal | None) -> Said:
    """How a reading stands to the final target and to what is due by now; an unmet target alone is no 滞后."""
    if value is None:
        return Said("还没填")
    verdict = verdict_on(target, value)
    if verdict is Verdict.REACHED:
        return Said("已达到目标", met=True)
    if verdict in (Verdict.NEAR, Verdict.ABOVE):
        return Said(standing(target, value)[0])
    short = short_of(target, value, due)
    if short and due is not None:
        words = "高出序时" if value > due else "没到序时，差"
        return Said(f"{words}{number(abs(value - due))}{target.unit}", short=True)
    if short is False:
        return Said("到了序时应达")
    return Said(standing(target, value)[0])


def due_words(target: Target, standing: Standing | None) -> str:
    """序时应达 with its unit; empty where there is none."""
    if standing is None or standing.due is None:
        return ""
    most = "不超过" if target.comparator in (Comparator.AT_MOST, Comparator.LESS_THAN) else ""
    return f"序时应达 {most}{number(standing.due)}{target.unit}"


def quarter_beside(quarter: str, now: str) -> str:
    """Another quarter, as people say it beside this one: 一季度, 去年四季度, 2023年二季度."""
    then, here = Quarter.parse(quarter), Quarter.parse(now)
    name = f"{'一二三四'[then.number - 1]}季度"
    if then.year == here.year:
        return name
    return f"去年{name}" if then.year == here.year - 1 else f"{then.year}年{name}"


def _missing(target: Target, value: Decimal) -> str:
    wanted = target.value if target.value is not None else value
    if target.comparator in (Comparator.AT_MOST, Comparator.LESS_THAN):
        return f"高出{number(shortfall(target, value))}{target.unit}" if value > wanted else "还没有低于"
    if target.comparator in (Comparator.EQUAL, Comparator.ABOUT) and value > wanted:
        return f"高出{number(value - wanted)}{target.unit}"
    missing = shortfall(target, value)
    return f"还差{number(missing)}{target.unit}" if missing else "还没有超过"


def notice(
    report: Report, before: Report | None, calendar: QuarterCalendar | None, today: date, locked: bool = False
) -> Notice | None:
    """What stands above a quarter's entries; None for an ordinary draft within its dates.

    `locked`: the calendar's closing day is over for this draft, which is only read now.
    """
    if report.state is ReportState.DRAFT:
        if locked and calendar is not None:
            text = "填过的都在，可以看，可以复制。要补报，请打电话请市里延长锁定日期；导入新的任务包，就能接着填。"
            return Notice("warn", f"{full_date(calendar.closes)}已锁定，只能看", text, "去收件", "inbox")
        return _of_draft(report, before, calendar, today)
    said = revision(report.revision)
    match report.state:
        case ReportState.REVIEWED:
            return Notice(
                "info",
                "审核通过了，正等签发",
                "现在只能看。要改，请在“审核签发”里退回填报人。",
                "去审核签发",
                "review",
            )
        case ReportState.SIGNED:
            return Notice(
                "good", "已签发并锁定，还没有报送", "内容不能再改。下一步是导出。", "去导出", "export"
            )
        case ReportState.SUBMITTED:
            text = "回执来了，在“收件”里导入。要改，在“导出报送”里撤回，或由市里退回。"
            return Notice("info", f"{said}已导出，等市里回执", text, "去收件", "inbox")
        case ReportState.ACCEPTED:
            return Notice("good", f"市里收下了{said}", "这个季度报完了。内容都在，只能看。")
        case ReportState.RETURNED:
            title = f"市里退回了{said}{_until(report)}"
            action = f"开始{revision(report.revision + 1)}"
            return Notice("warn", title, _reason(report, "填过的内容都会带过去。"), action, "revise")
        case ReportState.WITHDRAWN:
            action = f"开始{revision(report.revision + 1)}"
            text = _reason(report, "填过的内容都会带过去。撤回通知在“导出报送”里写出来，交给市里。")
            return Notice("warn", f"{said}已撤回", text, action, "revise")
        case _:
            return Notice("info", f"{said}已不再有效", "内容都在，只能看。")


def _of_draft(
    report: Report, before: Report | None, calendar: QuarterCalendar | None, today: date
) -> Notice | None:
    returned = before is not None and before.state is ReportState.RETURNED
    if returned and before is not None and report.reason == before.reason:
        title = f"市里退回了{revision(before.revision)}{_until(report)}"
        return Notice("warn", title, _reason(report, "标“退回”的条目里写着要改什么。"))
    if before is not None and before.state is ReportState.ACCEPTED:
        text = "收下的仍然有效。这一次报上去以后，由市里另定。"
        return Notice("info", f"撤回之前，市里已收下{revision(before.revision)}", text)
    if report.reason:
        return Notice("warn", "审核人退回来改", f"原因：{report.reason}")
    if calendar is None:
        return None
    if today < calendar.opens:
        return Notice("info", f"{month_day(calendar.opens)}才开放填报", "可以先填，填了都会存好。")
    if today > (report.due or calendar.closes):
        return Notice(
            "warn",
            f"{full_date(report.due or calendar.closes)}已截止",
            "还可以填、可以导出；收不收，由市里定。请先打电话说明。",
        )
    return None


def _until(report: Report) -> str:
    return f"，请在{month_day(report.due)}前重新报送" if report.due else ""


def _reason(report: Report, after: str) -> str:
    return f"原因：{report.reason}。{after}".replace("。。", "。") if report.reason else after


def left_over(unfilled: int) -> str:
    return f"还有{unfilled}条未填" if unfilled else "全部填完了"


def before_review(unfilled: int, errors: int, unexplained: int) -> str:
    """Why a report cannot be sent to review yet; empty when it can."""
    if unfilled:
        return "全部填完后送审核"
    if errors:
        return f"还有{errors}处必须改"
    return f"还有{unexplained}处要说明" if unexplained else ""


def before_passing(unfilled: int, errors: int, unexplained: int, nameless: bool) -> str:
    """Why a review cannot be passed yet; empty when it can."""
    if unfilled:
        return f"还有{unfilled}条没填完，填完再审核"
    if errors:
        return f"还有{errors}处必须改，改完再审核"
    if unexplained:
        return f"还有{unexplained}处要说明，写完再审核"
    return "写上填报人、审核人、签发人再审核" if nameless else ""


def stepped(label: str, field: str, count: int) -> str:
    """What one step of 撤销 is about: 第6条的“进展情况”, or how many entries it changed."""
    if count > 1:
        return f"{count}条的改动"
    return f"{spoken(label)}的“{FIELD.get(field, field)}”" if label else f"“{FIELD.get(field, field)}”"


_BANNER_WORDS = 120


def too_late(words: str, label: str) -> tuple[str, str]:
    """What is said of words that were typed when the quarter was locked already."""
    text = f"{spoken(label)}里没存上的还在，点“复制”就能带走：“{_shortened(words)}”。"
    return "这个季度已经锁定，刚写的没有存上", text


def _shortened(words: str) -> str:
    """What a banner has room for; the whole is what is copied."""
    line = " ".join(words.split())
    return line if len(line) <= _BANNER_WORDS else f"{line[:_BANNER_WORDS]}……"


def rescued(
    saved_at: datetime | None,
    restored: bool,
    words: str,
    label: str,
    unreadable: bool = False,
    section: str = "",
) -> tuple[str, str]:
    """What is said after an end without closing; `words` are those that could not be put back, `section` the one of the
    letter that was being written.
    """
    saved = f"最后一次存好是{month_day(saved_at)}{saved_at:%H:%M}，" if saved_at else ""
    kept = "没来得及存的也找回来了，一个字都没丢。" if restored else "一个字都没丢。"
    if unreadable:
        other = "别的都找回来了；" if restored else ""
        kept = f"{other}没来得及存的“{_shortened(words)}”不是数字，没有放回去，请改成数字再填。"
    elif words:
        kept = f"没来得及存的这几句，因为已经不能改，没有放回去，点“复制”就能带走：“{_shortened(words)}”。"
    back = f"已回到{spoken(label)}。" if label else ""
    if section:
        back = f"写的是报告正文的“{section}”，到“审核签发”里点“正文…”接着写。"
    return "程序上次没有正常关闭", f"{saved}{kept}{back}"
