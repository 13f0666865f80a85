"""What is said of the difference between two versions of a plan, at the city and at a unit."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from desktop.domain.changes import ChangeKind
from desktop.domain.quarter import Quarter
from desktop.wording.terms import listed, spoken

KIND = {
    ChangeKind.DROPPED: "取消",
    ChangeKind.SPLIT: "拆分",
    ChangeKind.MERGED: "合并",
    ChangeKind.NEW: "新增",
    ChangeKind.REWORDED: "改写",
    ChangeKind.REASSIGNED: "改单位",
    ChangeKind.RETARGETED: "改指标",
    ChangeKind.RENUMBERED: "换编号",
    ChangeKind.UNCHANGED: "未变",
}

MUCH_ALIKE = 70
"""From this likeness on people say 大体相同."""


def counted(kinds: Iterable[ChangeKind]) -> str:
    """取消1条、改写5条, in the order of interest; empty where nothing changed."""
    found = list(kinds)
    told = [(word, found.count(kind)) for kind, word in KIND.items() if kind is not ChangeKind.UNCHANGED]
    return "、".join(f"{word}{count}条" for word, count in told if count)


def likeness_word(likeness: int) -> str:
    """How much of the words two measures share, 0 to 100, as people say it."""
    for least, word in ((100, "一字不差"), (90, "几乎一样"), (MUCH_ALIKE, "大体相同"), (45, "一半相同")):
        if likeness >= least:
            return word
    return "少有相同"


def numbers(labels: Sequence[str]) -> str:
    """第7条、第8条; what has no number as it stands."""
    return "、".join(spoken(text) for text in labels)


def moved(kind: ChangeKind, old: Sequence[str], new: Sequence[str]) -> str:
    """From which numbers to which: 第7条 → 第8条."""
    match kind:
        case ChangeKind.DROPPED:
            return numbers(old)
        case ChangeKind.NEW:
            return numbers(new)
    return numbers(old) if list(old) == list(new) else f"{numbers(old)} → {numbers(new)}"


def meaning(kind: ChangeKind, old: Sequence[str], new: Sequence[str]) -> str:
    """What confirming a match says, in one sentence."""
    before, after = numbers(old), numbers(new)
    match kind:
        case ChangeKind.DROPPED:
            return f"新版本里没有和原{before}相近的内容，算作取消。"
        case ChangeKind.NEW:
            return f"原来没有和{after}相近的内容，算作新增。"
        case ChangeKind.SPLIT:
            return f"原{before}的内容分到了{after}。"
        case ChangeKind.MERGED:
            return f"原{before}的内容并到了{after}。"
        case ChangeKind.REWORDED:
            same = "" if before == after else f"：原{before}就是现在的{after}"
            return f"文字改了，算作同一条{same}。"
        case ChangeKind.REASSIGNED:
            return "文字没有变，责任单位改了。"
        case ChangeKind.RETARGETED:
            return "文字没有变，指标改了。"
        case ChangeKind.RENUMBERED:
            return f"文字没有变，编号从{before}换成了{after}。"
    return "和原来一样。"


def follows(kind: ChangeKind, units: Sequence[str], new: Sequence[str]) -> str:
    """What becomes of what units have reported already; `units` are their names."""
    if kind is ChangeKind.NEW:
        return "还没有单位填过。发布后，落实单位从打开的季度开始填。"
    if not units and kind is ChangeKind.DROPPED:
        return "还没有收到过这一条的季报。县里填到一半的会留着，能看，不再报。"
    if not units:
        return "还没有收到过这一条的季报。县里填到一半的，收到新任务包后也会跟过来。"
    who = f"已有{len(units)}家报过（{listed(tuple(units))}）"
    match kind:
        case ChangeKind.DROPPED:
            return f"{who}。报过的都留着，以后不再填；各单位那边归到“不用再填的”，还能看。"
        case ChangeKind.SPLIT:
            return f"{who}。填过的跟到最相近的一条，另外的可以由填报人并进去。"
        case ChangeKind.MERGED:
            return f"{who}。填过的都跟到{numbers(new)}，由填报人并成一条。"
    return f"{who}。以后接着在{numbers(new)}里填，上季的数也对得上。"


def news(version: int, kinds: Iterable[ChangeKind]) -> tuple[str, str]:
    """What a unit is told once its plan was amended: title and text of the banner."""
    return f"方案已更新为第{version}版", f"{counted(kinds)}。已填的内容都在，跟着自己的那一条走。"


def origin(kind: ChangeKind, label: str, title: str, quarter: str) -> str:
    """Where words come from that were typed under another measure, in an earlier `quarter` or (empty) in this one."""
    place = f"原{numbers((label,))}“{title}”"
    how = f"{place}并进了本条" if kind is ChangeKind.MERGED else f"本条是从{place}拆出来的"
    return f"{how}，{_when(quarter)}那里填过："


def taken_over(label: str, quarter: str) -> str:
    """That another measure's words stand in this one already."""
    return f"原{numbers((label,))}{_when(quarter)}填过的，本条里都有了。"


def _when(quarter: str) -> str:
    return Quarter.parse(quarter).chinese if quarter else ""


def no_longer(version: int, label: str) -> tuple[str, str]:
    """What stands over words of a measure that the unit has no more: title and text."""
    title = f"第{version}版方案不再要求填这一条" if label else "方案里不再有这一条"
    return title, "填过的内容都留着，不会报上去。要用在别处，选中文字可以复制。"
