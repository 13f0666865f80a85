"""Where a target holds, as its clause says: 全市, a county, 各县（市、区）城市建成区, 农村地区."""

from __future__ import annotations

import re
from collections.abc import Collection

AREA = r"(?:县级(?:及)?以上)?(?:城市|县城|中心)?(?:建成区|城区|主城区|规划区)|县城|市区|平原地?区|(?:偏远)?山区(?:乡镇)?|丘陵地?区|农?牧区|川区|干旱半干旱地区|乡镇(?!卫生院|政府|干部|企业|级|污水|街道)(?:[（(]街道[）)])?|农村地区|农村(?!土地出让|集体|电商|低保|金融|信用)|城乡结合部|城乡接合部|乡村地区"
_WHOLE = r"全市域|全市|全县|全区|全域|全州|全盟"
_EACH = r"各乡镇(?:[（(]街道[）)])?|各镇街|各街道|各?(?:县区|市县|县市区|县(?:[（(][^）)]{1,6}[）)])|县、区|旗县区?|区县)|各(?:工业|工（农）业|产业)?园区|各开发区|各地区?|各县|各区|所有县(?:[（(][^）)]{1,6}[）)])?"
_PLACE = re.compile(
    r"(?:[\u4e00-\u9fff]{2})?(?:高新区|经开区|保税区)|[\u4e00-\u9fff]{2,3}?(?:县|区|市|旗)(?!场|政|域|级|属|间|位)"
)
_NO_PLACE = re.compile(
    r"(?:部|困|浅|深|高|边|石|中|大)山区$|(?:地|社|小|园|辖|库|矿|厂|灌|景|城|牧|校|院|开发|重点|禁行|禁燃|控制|管控|功能|示范|保护|超采|禁采|禁养|限养|沉陷|塌陷|水源|采暖|供热|自治|各|全|新)区$"
    r"|(?:城|超|门|上|全|各|两|三|省)市$|(?:各|全|自治|结合|省)县$"
)

_NOT_BEGUN = re.compile(
    "[在跨于为对按各将由每]|建设|新建|改造|推进|实施|完成|开展|创建|打造|加快|支持|推动|指导|督促|组织|确保|力争|提升|提高|整|划[定设]|[增开]?设[立置]|新增|增设|建成|拆除|关闭|关停|淘汰|修复"
)
_NAMED = re.compile(
    r"[\u4e00-\u9fff]{2,4}?(?:县|区|市|旗|镇|乡|街道|苏木|园区|新区|开发区|度假区|示范区|管理区)"
)
_NO_TOWN = re.compile(
    r"^(?:各|全|两|三|四|五|工业|产业|化工|物流|重点|试点|有关|相关|新|开发)|(?:乡|建制|城|集|古|名|重点|中心|特色|小城)镇$|(?:城|返|水|下)乡$"
)


def split_scope(subject: str, places: Collection[str], city: str) -> tuple[str, str]:
    """A clause's subject as the area it begins with and the rest; the area is empty where there is none."""
    at = 0
    while True:
        end = _area_end(subject, at, places, city)
        if end == at:
            break
        at = end
        joint = re.match(r"\s*(?:、|和|及|以及|与|，)\s*", subject[at:])
        if joint and _area_end(subject, at + joint.end(), places, city) > at + joint.end():
            at += joint.end()
    scope, rest = subject[:at].strip(), subject[at:].strip()
    rest = re.sub(r"^(?:的|内|范围内|辖区内?|所有|全部|整体)+(?=.)", "", rest) if scope else rest
    return scope.rstrip("的"), rest


def _area_end(text: str, at: int, places: Collection[str], city: str) -> int:
    """Where an area that begins here ends: a named or collective place, a kind of area, or both."""
    rest = text[at:]
    names = sorted((p for p in places if rest.startswith(p)), key=len, reverse=True)
    if city and rest.startswith(city):
        names.append(city)
    found = re.match(rf"{_WHOLE}|{_EACH}", rest)
    end = at + (len(names[0]) if names else found.end() if found else 0)
    if end == at:
        generic = _PLACE.match(rest)
        if (
            generic
            and (generic.group()[-2:] in ("新区", "开区", "税区") or not _NO_PLACE.search(generic.group()))
            and not _NOT_BEGUN.match(rest)
        ):
            end = at + generic.end()
    area = re.match(rf"(?:的|内|辖区)?(?:{AREA})(?!居民|户)", text[end:])
    if area and len(text) >= end + area.end():
        end += area.end()
    return end


def is_named_place(text: str) -> bool:
    """Whether a text is the name of a town, park or district and nothing else, as lists of places have them."""
    verb = len(text) > 3 and _NOT_BEGUN.match(text)
    if verb or not _NAMED.fullmatch(text) or _NO_TOWN.search(text):
        return False
    return text.endswith(("园区", "新区", "发区", "假区", "范区", "理区")) or not _NO_PLACE.search(text)


def holds_on(scope: str) -> bool:
    """Whether a scope is a place, which holds for the clauses beside it too, rather than a kind of area (建成区)."""
    return bool(re.sub(rf"{AREA}|[、和及的内]", "", scope))


def names_places(scope: str, places: Collection[str]) -> bool:
    """Whether a scope names particular counties or parks."""
    if places:
        return any(place in scope for place in places)
    bare = re.sub(rf"{_WHOLE}|{_EACH}|{AREA}", "", scope)
    return any(not _NO_PLACE.search(match) for match in _PLACE.findall(bare))
