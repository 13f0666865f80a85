"""通报 on screens: its parts, the rules of its scores, what is asked before it is written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from desktop.domain.bulletin import BulletinPart
from desktop.domain.missing_signs import MissingSign
from desktop.wording.paper import lacking, lacking_all

PART: Mapping[BulletinPart, str] = {
    BulletinPart.LETTER: "通报正文",
    BulletinPart.REQUESTS: "正文里写“下一步要求”",
    BulletinPart.UNITS: "各单位报送情况",
    BulletinPart.LATE: "逾期报送和退回情况",
    BulletinPart.RANKING: "季报质量评分和排名",
    BulletinPart.CITY: "全市指标完成情况",
    BulletinPart.MATRIX: "进展状态一览",
    BulletinPart.BEHIND: "滞后的措施和各单位的原话",
    BulletinPart.TRENDS: "指标各季度完成值和走势",
}
"""What each part is called where it is ticked."""

WEIGHT: Mapping[str, str] = {
    "timely": "及时",
    "truthful": "真实",
    "complete": "完整",
    "signed": "签章齐全",
}
TAKEN: Mapping[str, str] = {
    "late_day": "每逾期1天扣",
    "error": "每处问题扣",
    "name_missing": "每缺1人署名扣",
    "signed_for": "由他人代签扣",
}
"""The numbers of the scoring rules, as an officer sets them."""

ABOUT_RANKING = (
    "只评季报报得怎么样，不评空气质量和工作成效。"
    "“问题”指退回时要求修改的条目、没有说明的审核提示和没填完的条目。没收下季报的单位不评分、不排名。"
)
APART = "县和园区分开排名次"
NOTHING_CHOSEN = "至少选一部分，才能导出"
ODD_POINTS = "分值填0到100，最多两位小数；四项不能都是0"
NO_CITY_FIGURES = "这个方案没有由市里填的指标"


def rescued(quarter: str, section: str, restored: bool, words: str) -> tuple[str, str]:
    """What is said after an end without closing in the middle of a section; `words` are those that could not be put back."""
    kept = "没来得及存的也找回来了，一个字都没丢。" if restored else "一个字都没丢。"
    if words:
        kept = f"没来得及存的没有放回去：“{words}”。"
    return (
        "程序上次没有正常关闭",
        f"{kept}写的是{quarter}通报正文的“{section}”，点“导出通报…”，再点“正文…”，接着写。",
    )


def text_button(edited: int, stale: int) -> str:
    """The way to the letter's text, with how much of it is somebody's own and how much wants a look."""
    if stale:
        return f"正文（{stale}节待核对）…"
    return f"正文（改过{edited}节）…" if edited else "正文…"


def before_writing(places: Sequence[MissingSign], stale: Sequence[str]) -> tuple[str, str]:
    """Title and text where something wants a look before anything is written; one of them is not empty."""
    said = []
    if stale:
        said.append(f"“{'”“'.join(stale)}”改过，之后数据有变化，请在“正文…”里核对。")
    if places:
        said.append(f"打不出来的是{lacking_all(places, '换一个常用字或写法，再导出。')}")
    title = lacking(places) or f"正文有{len(stale)}节和现在的数据不一致"
    return f"还没有写出：{title}", "".join(said)


def printed_lacking(places: Sequence[MissingSign]) -> str:
    """What is said of them where it was exported all the same."""
    return f"{lacking(places)}：{lacking_all(places, '')}"
