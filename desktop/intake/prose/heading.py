"""A document's title, its city, and whether it is a draft for comment."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from desktop.intake.duties.lexicon import Lexicon
from desktop.intake.prose.outline import YEARS, Paragraph, is_title_line, marker_of
from desktop.intake.stream.blocks import Document

_DRAFT = re.compile(r"[（(]?((?:公开)?征求意见稿|送审稿|讨论稿|审议稿|修改稿|草案|初稿)[）)]?$")
_PLAN_NAME = re.compile(r"《([^《》]{4,60}?(?:方案|计划|规划|行动|清单)(?:[（(][^《》]{2,8}[）)])?)》")
# Two signs at least stand before what kind of place it is; rare characters lie beyond the basic plane.
_SIGN = "[\u3400-\u9fff\U00020000-\U0003ffff]"
_BEFORE = r"(?:^(?:中共)?|[《“（(\s]|印发|关于|修订|实施|[年和])"
_CITY = re.compile(rf"{_BEFORE}({_SIGN}{{2,4}}?市)(?!场|政|民|级|区|容|县|属|直)")
# 某市民生实事…, 某市政务服务…, 某县级…: in a title the words behind a place may begin like 市民, 市政, 县级.
_BEHIND = r"(?!场(?![地馆])|政(?![务府协策])|民(?![生营政族宿办间])|容(?!貌)|域)"
_CITY_HEAD = re.compile(
    rf"^[《“]?(?:20\d\d年)?(?!提升|提高|优化|加强|规范|推进|完善|加快|健全|深化|强化|全面|促进|改善|整治|建立|落实|做好|开展|推动|支持|服务|创新|改进|打造|建设|治理|保障|城区|农贸|集贸|专业)"
    rf"({_SIGN}{{2,4}}?(?:(?<!地|省|县|城|区)市|(?<!市|各|城)县|旗|(?<![社校景小辖县市片山灾库矿禁园发新城])区)){_BEHIND}"
)
_NOT_CITY = re.compile(r".{2}城市$|全市|我市|本市|各市|超市|县市|两市|三市|..门市$|^门市|上市")
_PLACE = re.compile(
    rf"^(?:关于)?(?:印发|修订|实施)?[《“]?((?!全|本|我|各)(?:{_SIGN}{{2,9}}?(?:自治州|自治县|自治旗|地区|开发区|高新区|示范区|产业园|园区|新区)"
    rf"|(?:{_SIGN}{{2,7}}?市|{_SIGN}{{1,7}}?(?:县|州|盟|旗|(?<![社校景小辖县市片山灾库矿禁园发新])区))))(?!场|政|民|级|区|容|属|直|域)"
)
_NO_PLACE = re.compile(
    r"^(?:工业|产业|经济|高新技术|农业|农村|城镇|重点)?.?(?:园区|社区|开发区|城市|地区|产业园)$"
)
# A title's last line that says only what kind of document it is.
_KIND = re.compile(
    r"^(?:[一二三四五六七八九十\d]+年)?(?:工作|实施|行动|攻坚|专项|治理|重点|任务|责任|分工|总体|提升)*(?:方案|计划|清单|规划|意见|要点|办法|行动|措施|细则)$"
)
# 某市2025年…重点任务: a title where it begins with a place.
_TASK_LIST = re.compile(r"^[^。；，！？,;]{4,}(?:重点|主要|工作|目标)(?:工作)?任务$")
_ISSUER = re.compile(r"^[^，。：:]{2,24}(?:管委会|管理委员会|人民政府|政府办公室|办公室)$")
_NOTICE = re.compile(
    r"关于印发《?([^《》]{4,60}?(?:方案|计划|规划|行动|清单|措施|要点|细则|意见)(?:[（(][^（）]{2,14}[）)])?)》?的通知"
)
# What stands between a letterhead and a title, and is part of neither.
_LETTERHEAD = re.compile(
    r"^附\s*件|^关于|^联系|^抄送|^主送|文件$|^目\s*[录次]$|\d{4}年\d+月|^[（(][^（）()]*[）)]$|〔\d{4}〕|[:：。；，！？\t]|…|\.{3}"
)


def find_title(
    document: Document, paragraphs: Sequence[Paragraph], first_task: int, name: str
) -> tuple[str, str]:
    """The plan's title and the mark of a draft for comment (征求意见稿), each empty if there is none.

    Titles stand before the first task (a block index); the last one is the plan's own, those before
    it belong to a covering notice.
    """
    head = [p for p in paragraphs if p.first < first_task] or list(paragraphs[:12])
    span = _title_span(head)
    title = _whole(head, *span) if span else _top_title(document, first_task)
    if not title:
        notice = _NOTICE.search("".join(p.text for p in head[:6]))
        quoted = notice or _PLAN_NAME.search("\n".join(block.text for block in document.blocks[:60]))
        title = quoted[1] if quoted else Path(name).stem
    bare = title.strip()
    draft = _DRAFT.search(bare)
    if draft:
        bare = bare[: draft.start()].strip()
    mark = draft[1] if draft else ""
    if not mark and span:
        below = (p.text.strip() for p in paragraphs if p.first > head[span[1]].last)
        after = next((text for text in below if not YEARS.fullmatch(text)), "")
        alone = _DRAFT.fullmatch(after)
        mark = alone[1] if alone else ""
    return bare, mark


def _top_title(document: Document, first_task: int) -> str:
    """The title in a row of its own nearest above the first task, with the years below it."""
    tops = [
        (row.block, next(cell for cell in row.cells if cell).replace("\n", ""))
        for table in document.tables
        for row in table[:12]
        if row.block < first_task and len({cell for cell in row.cells if cell}) == 1
    ]
    at = next((at for at in reversed(range(len(tops))) if _is_title(tops[at][1])), None)
    if at is None:
        return next((text for _, text in tops if _may_be_title(text)), "")
    block, title = tops[at]
    below = tops[at + 1] if at + 1 < len(tops) else (0, "")
    return title + below[1] if below[0] == block + 1 and YEARS.fullmatch(below[1]) else title


def _may_be_title(text: str) -> bool:
    """Whether a row over a table may be its title, whatever its last word."""
    return 6 <= len(text) <= 60 and marker_of(text) is None and not _LETTERHEAD.search(text)


def _title_span(head: Sequence[Paragraph]) -> tuple[int, int] | None:
    """Which paragraphs are the last title: its first and last, of which the last may be a mere end of it."""
    for last in range(len(head) - 1, -1, -1):
        if head[last].marker is not None or len(head[last].text) > 60:
            continue
        if _is_title(head[last].text):
            return last, last
        text = head[last].text
        for first in range(last - 1, max(last - 6, -1), -1):
            if len(head[last].text) > 24 or len(text) > 60 or not _begins_title(head[first], text):
                break
            text = head[first].text + text
            if _is_title(text) and _place_of(text):
                return first, last
    return None


def _whole(head: Sequence[Paragraph], first: int, last: int) -> str:
    """A title with the lines above it that begin it, and the years below it."""
    title = "".join(paragraph.text for paragraph in head[first : last + 1])
    while first > 0 and last - first < 5 and not _place_of(title) and _begins_title(head[first - 1], title):
        first -= 1
        title = head[first].text + title
    quoted = "".join(p.text for p in head[:first])
    years = head[last + 1].text if last + 1 < len(head) else ""
    # （2025年3月1日）: when it was passed, and no part of the title.
    if YEARS.fullmatch(years) and "月" not in years and f"《{title}》" not in quoted:
        title += years
    return title


def _begins_title(paragraph: Paragraph, rest: str) -> bool:
    """Whether a paragraph is the beginning of a title whose rest stands below it."""
    text = paragraph.text.strip()
    kind = _KIND.match(YEARS.sub("", _DRAFT.sub("", rest)))
    return (
        1 <= len(text) <= 40
        and paragraph.marker is None
        and not _LETTERHEAD.search(text.removeprefix("关于") if kind else text)
        and not _DRAFT.fullmatch(text)
        and (rest.startswith("关于") or not _ISSUER.match(text))
        and (not is_title_line(_DRAFT.sub("", text)) or kind is not None)
    )


def _place_of(title: str) -> str:
    """The place that a title begins with."""
    found = _PLACE.match(title) or _CITY_HEAD.match(title)
    if not found or _NO_PLACE.match(found[1]) or _NOT_CITY.search(found[1]):
        return ""
    return found[1]


def _is_title(text: str) -> bool:
    if re.match(r"^附\s*件|^关于|^联系|^抄送|^[（(][^（）()]*[）)]$", text):
        return False
    bare = _DRAFT.sub("", text).strip()
    return (
        (5 <= len(bare) <= 60 or bool(_KIND.match(bare)))
        and (is_title_line(bare) or bool(_TASK_LIST.search(bare) and _place_of(bare)))
        and not bare.endswith(("公告", "通知"))
    )


def _issuers(text: str) -> list[str]:
    """The lines at a document's head that are nothing but the name of who issues it."""
    return [line for line in text.split("\n", 6)[:6] if _ISSUER.match(line.strip())]


def find_city(title: str, text: str, lexicon: Lexicon) -> str:
    """The plan's city with its 市; where the title names only a county or a park, that.

    From the title or, failing that, the name that the text uses most.
    """
    for place in (title, *_issuers(text), text):
        known = [city for city in lexicon.cities if city and city in place]
        if known:
            city = max(known, key=lambda name: (place.count(name), len(name)))
            return (
                city if city.endswith(("市", "州", "盟", "区")) or f"{city}市" not in place else f"{city}市"
            )
        head = _CITY_HEAD.match(place) if place is not text else None
        if head and not _NOT_CITY.search(head[1]) and head[1].endswith("市"):
            return head[1]
        counts = Counter(c for c in _CITY.findall(place) if not _NOT_CITY.search(c))
        if counts:
            return str(counts.most_common(1)[0][0])
        if place is not text and (county := _place_of(place)):
            return county
    return ""
