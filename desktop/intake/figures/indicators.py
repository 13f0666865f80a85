"""What a target measures: a clean noun phrase out of a clause, and where it holds."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from desktop.intake.figures.clauses import Clause, without_deadline
from desktop.intake.figures.scopes import AREA, is_named_place, split_scope

VERBS = (
    "建设改造|新建改造|新建、改扩建|新改扩建|改扩建|新改建|建设|改造|新建|新增|建成|淘汰|关停|关闭|拆除|更换|更新|替换|替代|修复|恢复|治理|整治|安装|加装|绿化|造林|推广|"
    "完成|报废|改建|扩建|铺设|敷设|布设|提标|清理|取缔|整合|搬迁|压减|削减|退出|培育|打造|创建|购置|投放|种植|营造|栽植|实施|开展|检查|抽查|排查|抽测|抽检|"
    "评选|认定|遴选|评定|引进|招引|储备|组织|举办|发放|筹集|部署|开行|新辟|打通|划定|招收|接入|增设|接入|配建|配备|配置|配发|设置|设立|(?<!机)组建(?!设)|开设|开办|开通|投运|启动|编制|制定|制修订|出台|腾退|盘活|"
    "封育|补植|抚育|清运|清淤|疏浚|硬化|轮训|培训|签订|回收利用|收储|拓宽|疏通|加固|除险|化解|处置|消除|减少|建立|创成|选派|招聘|资助|救助|帮扶|转移|开发|发展|供应|提供|续建|升级|归集|汇聚|上线|拆迁|征收|修缮|维修|翻新|抢救复壮|挂牌|选树|孵化|认证|争取|新购|采购|添置|压采|划设"
)
BUILDING = re.compile(VERBS)
ACTING = re.compile(
    r"(?:植树|造林|育林|营造林|种草|抚育|修复|改造|替代|治理|整治|提升|升级|退出|淘汰|还林|还草|还湿|绿化|清理|清运|投资|就业|补贴|回收|培训|认证|改建|扩建|整合|除治|"
    r"提标|更新|建设|减排|创建|演练|检查|督查|抽检|检测|巡查|体检|筛查|增收|扩容|清淤|示范应用|服务|覆盖|搬迁|安置|拆除|测绘|建档|整改|接入|改厕|保护|复绿|改良|节水灌溉|加固|硬化|修缮|疏浚|工程)$"
)
CHANGING = re.compile(
    r"(?:降低|下降|减少|提高|提升|增长|增加|上升|削减|压减|压缩|缩短|缩减|减排|扩大|增幅|降幅|新增|降)(?:幅度)?$"
)
ONLY_CHANGING = re.compile(rf"^(?:年均|平均|每年|年|累计|逐年)?{CHANGING.pattern}")
TIMED = re.compile(r"(?:数|时长|时间|天数|时限|期限|周期|年限|住院日|寿命|时效|学时|用时|耗时|能力|年龄)$")
MEASURE = (
    r"(?:(?:年均|平均|日均|月均|排放|质量|综合利用|利用|综合|消费|使用|减排|总)*(?:浓度|比例|比率|比重|占比|率|强度|总量|指数|能力|面积|里程|数量|天数|频次|次数|级别|标准|"
    r"产能|容量|规模|装机|产量|产气量|排放量|消费量|用量|用电量|用气量|长度|系数|密度|水平|保有量|温度|时间|时长|时限|期限|周期|份额|投资|资金|产值|增加值|收入|余额|额|价格|费用|成本|"
    r"能耗|煤耗|水耗|电耗|物耗|寿命|压缩比|生师比|产值比|满意度|知晓度|速度|幅度|厚度|得分|库容|负荷|半径|值|班额|缺口|精度|需氧量|效益|总值|数|量))"
)
MEASURED = re.compile(rf"{MEASURE}$")
LEADING = re.compile(
    r"^(?:力争|确保|争取(?!.{0,12}资金)|努力|实现|推动|促进|使得?|将|把|其中|进一步|稳步|持续|逐步|全面|依法依规|依法|常态化|扎实|稳妥|如期|分(?:类|批|期|步|年度|级)(?=[整处治推实改建完])|基本|加快|大力|积极|有序|严格|切实|不断|"
    r"原则上|鼓励|保持|确保|推进|完成|达到|并|且|以及|同时|要(?!素)|应(?![急用对届收])|须|需(?![求要])|累计|计划|每年|全年|年内|当年(?!.{0,4}率)|年度|今冬明春|今冬|“?十[三四五六]五”?(?:时期|期间)|今年|按要求|按照规定|力求|做到|年底前|同比|环比|较上年|相比|分别|"
    r"在此基础上|再(?![生造制次利])|[一二两三四五六七八九十\d]年(?:内|累计|共|合计)?(?=(?:$|累计|共|"
    + VERBS
    + r"))|[①-⑳]|：|:|、|，|\s)+"
)
_RAISING = re.compile(
    r"^(?:提高|提升|降低|增加|扩大|减少|加大|加密)(?=.*(?:率|比例|比重|浓度|量|频次|次数)$)"
)
_TRAILING = re.compile(
    r"(?:稳定|总体|力争|均|都|应|要|须|需|不断|全部|持续|稳步|逐步|分别|年均达|年均|平均|达到|达|控制|保持|维持|提高|提升|降低|下降|减少|增加|压缩|原则上|基本|总计|累计|共计|共|"
    r"不得|必须|严格|已|争取|确保|力求|目标值?|按照规定|按规定|进一步|继续|完成|一般|每小时|每[年日天周月季]度?|同比|环比|工作(?=每年|$)|再|为|的|在|到|至|约|各|，|、|：|:|\s)+$"
)
SIZE = re.compile(r"^(?:总|全)?(?:长|长度|面积|里程|规模|投资|建筑面积|占地面积)$")
_DOUBLING = r"(?:力争|争取|实现)?(?:[一二两三四五\d]年内?)?翻[一两]番[、，]?$"
SCHOOLS = "小学|初中|高中|幼儿园"
SINCE = re.compile(
    r"(?:较|比|与|同)(?:20\d\d\s*年|上一?年|去年|基准年|上年度|“十[三四五]五”(?:末|时期|期间)?)(?:底|末|期间)?(?:同期|水平)?(?:相比)?|(?:较|比)[^，。\d]{1,6}前|同比|环比"
)


@dataclass(frozen=True)
class Subject:
    """What is measured and where. `measured`: the phrase ends in a word for a quantity (率, 浓度 …)."""

    indicator: str
    scope: str

    @property
    def measured(self) -> bool:
        return bool(MEASURED.search(bare_noun(self.indicator)))

    @property
    def complete(self) -> bool:
        """Whether it says by itself what is measured."""
        plain = bare_noun(self.indicator)
        return (
            len(plain) > 1
            and not ONLY_CHANGING.match(plain)
            and any((self.measured, BUILDING.search(plain), CHANGING.search(plain), ACTING.search(plain)))
        )


def subject_of(lead: str, clause: Clause, places: Collection[str], city: str) -> Subject:
    """The subject that stands before a figure."""
    lead = SINCE.sub("", lead.replace("\x00", ""))
    text = re.sub(r"\s+", " ", without_deadline(lead)).strip()
    text = re.sub(r"^.{0,16}?(?:建成|完成|投产|实施|达产)后(?:力争)?(?:实现|达到)?(?=.{3})", "", text)
    text = re.sub(r"^(?:为|给|对|向)[^，]{1,24}?(?=安装|配备|加装|发放|购置|提供|配置|减免)", "", text)
    text = re.sub(r"以[^，]{1,8}为单位(?=.{0,4}$)|(?<=[^\d]{2})年底前(?=.{2})|" + _DOUBLING, "", text)
    text = re.sub(rf"^(?:依托|利用|结合|通过|借助|沿|按照?“[^”]{{2,20}}”)[^，]{{0,16}}?(?={VERBS})", "", text)
    text = re.sub(
        r"^(?:按照?|坚持|遵循|本着)[^，]{2,40}?(?:要求|原则|思路|方式|标准)[，、]?(?=.{3})", "", text
    )
    text = re.sub(r"^(?:组织|安排|选派)?[^，对]{0,8}对[^，]{2,20}?(?=每[年季月]度?[^，]{2})", "", text)
    text = _without_locative(text, places, city)
    text = trimmed(text, keep_change=bool(CHANGING.search(text)))
    scope, indicator = split_scope(text, places, city)
    if scope and not indicator:
        return Subject("", scope)
    indicator = LEADING.sub("", re.sub(r"^(?:所有|全部)", "", indicator)) if not scope else indicator
    indicator = re.sub(r"^(?:所有|全部)(?=.{3})", "", indicator)
    indicator = _RAISING.sub("", indicator)
    if not scope:
        scope, indicator = split_scope(indicator, places, city)
    scope, indicator = _place_behind(scope, indicator)
    if re.fullmatch(r"每[日天周月年季]度?|完成|达到|实现|剩余|其余|余下|奋斗|约束性|预期性", indicator):
        indicator = ""
    if (
        scope
        and not is_named_place(scope)
        and re.match(r"(?:总)?(?:面积|数量|范围)", indicator)
        and "全" not in scope
    ):
        # 超采区面积: the area is what is measured.
        scope, indicator = "", scope + indicator
    if not scope:
        scope = _nearby_place(clause, places)
    return Subject(tidy(indicator), scope)


def _without_locative(text: str, places: Collection[str], city: str) -> str:
    """在河口处新建…: the thing without its spot; a spot that is an area (在城区) stays in front."""
    where = re.match(
        r"^在(?![用建产营编校岗])(?P<spot>[^，]{2,24}?)(?=(?:新建|建设|建成|安装|加装|设置|布设|打造|新增|改造|创建|铺设))",
        text,
    )
    if where is None:
        return text
    spot = where["spot"] if alone_scope(where["spot"], places, city) else ""
    return spot + text[where.end() :]


def _place_behind(scope: str, indicator: str) -> tuple[str, str]:
    """平均服务半径城市≤5公里; 滨海园区增长不低于7%: a place that a list of places names in its own way."""
    if scope:
        return scope, indicator
    behind = re.match(rf"^(?P<what>.{{2,}}?{MEASURE})(?P<area>{SCHOOLS}|城市|{AREA})$", indicator)
    if behind:
        return behind["area"], behind["what"]
    each = re.match(r"^(?P<what>.{2,}?)(?P<area>各[^，]{1,6})$", indicator)
    if each and split_scope(each["area"], (), "") == (each["area"], ""):
        return each["area"], each["what"]
    change = CHANGING.search(indicator)
    name = indicator[: change.start()] if change else indicator
    if is_named_place(name):
        return name, change.group() if change else ""
    return scope, indicator


def bare_title(title: str) -> str:
    """What a task's title is about, without the verbs in front."""
    return re.sub(
        r"^(?:深入|加强|强化|完善|开展|实施|治理|整治|提升|优化|深化)+(?=.{2})", "", LEADING.sub("", title)
    )


def alone_scope(text: str, places: Collection[str], city: str) -> bool:
    """Whether a text names a place and nothing else."""
    bare = LEADING.sub("", text.strip()).strip("：: ")
    scope, rest = split_scope(bare, places, city)
    return bool(scope and not rest) or is_named_place(bare)


def trimmed(text: str, keep_change: bool) -> str:
    text = LEADING.sub("", text.strip())
    if keep_change:
        return text
    return _TRAILING.sub("", text)


def tidy(indicator: str) -> str:
    text = _TRAILING.sub("", indicator) if not CHANGING.search(indicator) else indicator
    return re.sub(r"(?<=[\u4e00-\u9fff）]) | (?=[\u4e00-\u9fff（])", "", text).strip("，、：: ")


def _nearby_place(clause: Clause, places: Collection[str]) -> str:
    """The one place that the clause before names, where that clause sets no figure itself."""
    named = [place for place in places if place in clause.before]
    longest = [p for p in named if not any(p != q and p in q for q in named)]
    return longest[0] if len(longest) == 1 and not re.search(r"\d", clause.before) else ""


def bare_noun(text: str) -> str:
    return re.sub(r"[（(][^（()）]*[）)]$", "", text).strip()
