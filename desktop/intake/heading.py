"""A document's title, its city, and whether it is a draft for comment."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from desktop.intake.blocks import Document
from desktop.intake.lexicon import Lexicon
from desktop.intake.outline import Paragraph, is_title_line

_DRAFT = re.compile(r"[（(]?((?:公开)?征求意见稿|送审稿|讨论稿|审议稿|修改稿|草案|初稿)[）)]?$")
_PLAN_NAME = re.compile(r"《([^《》]{4,60}?(?:方案|计划|规划|行动|清单)(?:[（(][^《》]{2,8}[）)])?)》")
_CITY = re.compile(
    r"(?:^|[《“\s]|印发|关于|修订|实施|[年和])([\u4e00-\u9fff]{2,4}?市)(?!场|政|民|级|区|容|县|属|直)"
)
_NOT_CITY = re.compile(r".{2}城市$|全市|我市|本市|各市|超市|县市|两市|三市|门市|上市")


def find_title(
    document: Document, paragraphs: Sequence[Paragraph], first_task: int, name: str
) -> tuple[str, str]:
    """The plan's title and the mark of a draft for comment (征求意见稿), each empty if there is none.

    Titles stand before the first task (a block index); the last one is the plan's own, those before
    it belong to a covering notice.
    """
    head = [p for p in paragraphs if p.first < first_task] or list(paragraphs[:12])
    candidates = [p for p in head if p.marker is None and _is_title(p.text)]
    tops = [
        next(cell for cell in row.cells if cell).replace("\n", "")
        for table in document.tables
        for row in table[:6]
        if row.block < first_task and len({cell for cell in row.cells if cell}) == 1
    ]
    title = candidates[-1].text if candidates else next((t for t in tops if _is_title(t)), "")
    if not title:
        quoted = _PLAN_NAME.search("\n".join(block.text for block in document.blocks[:60]))
        title = quoted[1] if quoted else Path(name).stem
    bare = title.strip()
    draft = _DRAFT.search(bare)
    if draft:
        bare = bare[: draft.start()].strip()
    mark = draft[1] if draft else ""
    if not mark and candidates:
        after = next((p.text for p in paragraphs if p.first > candidates[-1].last), "")
        alone = _DRAFT.fullmatch(after.strip())
        mark = alone[1] if alone else ""
    return bare, mark


def _is_title(text: str) -> bool:
    if re.match(r"^附\s*件|^关于|^联系|^抄送|^[（(][^（）()]*[）)]$", text):
        return False
    bare = _DRAFT.sub("", text).strip()
    return 5 <= len(bare) <= 60 and is_title_line(bare) and not bare.endswith(("公告", "通知"))


def find_city(title: str, text: str, lexicon: Lexicon) -> str:
    """The plan's city with its 市, from the title or, failing that, the name that the text uses most."""
    for place in (title, text):
        known = [city for city in lexicon.cities if city and city in place]
        if known:
            city = max(known, key=lambda name: (place.count(name), len(name)))
            return (
                city if city.endswith(("市", "州", "盟", "区")) or f"{city}市" not in place else f"{city}市"
            )
        counts = Counter(c for c in _CITY.findall(place) if not _NOT_CITY.search(c))
        if counts:
            return str(counts.most_common(1)[0][0])
    return ""
