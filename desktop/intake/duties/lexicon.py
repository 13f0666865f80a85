"""What is known about names of units: the region's own spellings, and the bureaus that every city has."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

# Bureaus and offices found in nearly every Chinese city government, in the short and long forms plans use.
COMMON_NAMES: tuple[str, ...] = tuple(
    re.split(
        r"\s+",
        """发改委 发展改革委 发展和改革委 发展和改革委员会 发改局 工信局 工信委 工业和信息化局 经信局 生态环境局 环保局
    住建局 住房和城乡建设局 住房城乡建设局 住建委 自然资源局 自然资源和规划局 规划局 应急管理局 应急局 市场监管局
    市场监督管理局 交通运输局 交通局 公安局 财政局 农业农村局 农牧局 水务局 水利局 城市管理局 城管局 城市管理委员会
    综合执法局 城市管理综合执法局 行政执法局 气象局 商务局 商务和投资促进局 投资促进局 科技局 科学技术局 司法局
    审批局 审批服务管理局 行政审批局 教育局 民政局 人社局 人力资源和社会保障局 人力资源社会保障局 卫健委 卫生健康委 卫生健康委员会
    文旅局 文化和旅游局 文化旅游广电局 统计局 林业局 林草局 林业和草原局 国资委 税务局 机关事务管理局 能源局
    园林局 园林绿化局 金融监管局 邮政管理局 消防救援支队 交警支队 大数据局 住房保障局 供销社 粮食和储备局""",
    )
)
_ORGAN = (
    r"局|委|委员会|办|办公室|厅|部|处|署|院|中心|支队|总队|大队|银行|分行|支行|公司|集团|协会|联合会|合作社|供销社|政府"
    r"|机关|林场|农场|牧场|渔场|商会|妇联|残联|工商联|文联|侨联|科协|记协|法院|检察院|海关|合作社|军分区|医院|学校|高校|大学|政协|人大|联社|支部|管委会|党工委|部门|单位|企业|机构|会|站|所|馆|室|科|股|部队|指挥部|领导小组|专班"
)
_ORGAN_END = re.compile(rf"(?:{_ORGAN})$")
_SQUAD = re.compile(r"^(?:交警|交通警察|治安|刑侦|特警|森林|网安)[^局]{0,4}(?:支队|大队|分局)$")
_PLACE_END = re.compile(
    r"(?:县|区|市|旗|镇|乡|街道|园区|开发区|基地|县（市、区）|县\(市、区\)|区）|区\)|市）|主体|业主)$"
)
_GENERIC = re.compile(
    r"^(?:市级|市直|县级|区直|县直|省级|全市)?各?(?:级)?(?:有关|相关|成员|责任|行业主管|主管)*"
    r"(?:市直|市级)?(?:部门|单位|成员单位|责任单位|行业主管部门|部门和单位|部门（单位）|部门\(单位\))$"
)
_LOCAL = re.compile(
    r"(?:县|区|旗|盟|乡镇|(?<!城)[乡镇]|街道|街道办事处|办事处|村（居）委会|社区|园区|开发区|各市|地)[）)]?(?:的)?(?:人民)?(?:政府|管委会|管理委员会)?$"
    r"|(?:县|区|旗|镇|乡|市[）)]|各市|园区|区[）)])人民政府$|管委会$|管理委员会$|^[^市]{2,6}市人民政府$"
)
_BRANCH = re.compile(
    r"^(?!中国|国家|国网|自治区|市|县|区)[\u4e00-\u9fff]{2,5}(?:监管)?(?:分局|分行|支行|分公司|支公司|分中心)$"
)
_EVENED = str.maketrans("()﹙﹚,，", "（）（）、、")
_FRAGMENTS = (
    "人民政府",
    "政府",
    "管委会",
    "管理委员会",
    "委员会",
    "办公室",
    "有限公司",
    "分公司",
    "有限责任公司",
    "事处",
    "办事处",
    "务中心",
)


@dataclass(frozen=True)
class Lexicon:
    """Known unit spellings (full, short, aliases), collective terms and city names of a region."""

    names: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()
    cities: tuple[str, ...] = ()

    @cached_property
    def known(self) -> frozenset[str]:
        """Every spelling that stands for a unit by itself, with brackets and separators evened."""
        return frozenset(even(n) for n in (*self.names, *self.terms, *COMMON_NAMES) if len(n) > 1)

    @cached_property
    def places(self) -> frozenset[str]:
        """Counties and parks as a text names them when it means the area, not the government."""
        found = set()
        for name in self.names:
            bare = re.sub(r"(?:人民政府|政府|管委会|管理委员会)$", "", name)
            if _PLACE_END.search(bare) and bare not in self.cities and len(bare) > 2:
                found.add(bare)
        return frozenset(found)

    def is_known(self, name: str) -> bool:
        """Whether a name is a known spelling, with or without the city's name or 市 in front."""
        return len(name) <= 100 and not self.known.isdisjoint(self.bare_forms(name))

    def bare_forms(self, name: str) -> frozenset[str]:
        name = even(name)
        prefixes = ("市", "县", "区", *self.cities, *(f"{city}市" for city in self.cities))
        return frozenset({name, *(name.removeprefix(p) for p in prefixes)})


def even(name: str) -> str:
    """A name with full-width brackets, 、 for commas and no white space, for comparison only."""
    return "".join(name.translate(_EVENED).split())


def is_generic(name: str) -> bool:
    """Unnamed equals: 各有关部门, 相关单位 …"""
    return bool(_GENERIC.search(name))


def _without_bracket(name: str) -> str:
    """市发展改革委（市能源局）: a name without what it is also called."""
    return re.sub(r"(?<=.{2})[（(][^（）()]{1,20}[）)]$", "", name)


def is_local(name: str) -> bool:
    """County governments and park committees, one or collective: those who implement on the ground."""
    return not is_generic(name) and any(_LOCAL.search(one) for one in (name, _without_bracket(name)))


def is_organ(name: str, lexicon: Lexicon) -> bool:
    """Whether a text can be the name of a body that has duties."""
    name = name.strip()
    return 1 < len(name) <= 40 and any(
        lexicon.is_known(one) or _ORGAN_END.search(one) or is_local(one)
        for one in (name, _without_bracket(name))
    )


def looks_complete(name: str, lexicon: Lexicon) -> bool:
    """Whether a name that ends at a line's end may end there."""
    return is_organ(name, lexicon) or bool(_PLACE_END.search(name))


def is_fragment(text: str) -> bool:
    """Whether a text is only the tail of a name that the line before began."""
    return text in _FRAGMENTS or bool(_BRANCH.match(text))


def split_joined(name: str, lexicon: Lexicon) -> tuple[str, ...]:
    """The known names that were run together without a separator; the name alone when there is no such reading."""
    if lexicon.is_known(name) or not 5 <= len(name) <= 400:
        return (name,)
    parts = _segment(name, lexicon)
    return parts if len(parts) > 1 else (name,)


def _segment(name: str, lexicon: Lexicon) -> tuple[str, ...]:
    best: dict[int, tuple[str, ...]] = {0: ()}
    for end in range(3, len(name) + 1):
        # No unit's name is longer than 40 signs.
        for start in sorted((start for start in best if start >= end - 40), reverse=True):
            piece = name[start:end]
            whole = len(piece) > 2 and lexicon.is_known(piece)
            # A place in front of a bureau is part of its name: only a body may end before the next begins,
            # and a body's own squad (公安局交警支队) is part of that body's name.
            squad = start > 0 and name[:start].endswith("公安局") and _SQUAD.match(piece)
            if whole and not squad and (end == len(name) or _ORGAN_END.search(piece)):
                candidate = (*best[start], piece)
                if end not in best or len(candidate) < len(best[end]):
                    best[end] = candidate
    return best.get(len(name), ())
