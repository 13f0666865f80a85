"""The rules for one figure of a clause: whether it is a target, and of what."""

from __future__ import annotations

import re
from dataclasses import replace

from desktop.domain.targets import Comparator
from desktop.intake.figures.clause_reading import Found, Reading
from desktop.intake.figures.figure_lists import comparator_for
from desktop.intake.figures.figures import Figure
from desktop.intake.figures.indicators import (
    ACTING,
    BUILDING,
    CHANGING,
    SIZE,
    TIMED,
    Subject,
    alone_scope,
)
from desktop.intake.figures.shared_subjects import borrowed, listed, paired_subjects

JOINT = re.compile(r"\s*(?:、|和(?!谐)|及(?!时)|以及|并且?(?!网|轨|联|购|行|入)|且|与|/)")
_END = re.compile(
    r"^\s*(?:\x01*)\s*(?:的?(?:目标|水平|要求|标准|任务|比例|目标任务|改造任务|建设任务|治理任务|任务量)|左右|以上|以下)?\s*$"
)
_FULL = re.compile(
    r"^(?:执行|进行|达标|完成|覆盖|实现|安装|纳入|实施|落实|联网|配备|使用|采用|达到|建成|更换|淘汰|收集|处理|处置|开展|检验|接入|整改|全覆盖|持证|办结|入网|到位)"
)
_WHOLE_OF = re.compile(
    r"(?:形成|具备|建立|建成|实现|配套|预留|设置|落实|配备|保持)(?P<before>不低于|不少于|不超过|达到|至少)(?P<base>[^，。；\d*]{0,16}?)$"
)
_SHARE_OF = re.compile(
    r"(?P<before>不低于|不少于|不得低于|不得少于|不高于|不超过|达到|控制在|稳定在|保持在|(?:提高|提升|增加|下降|降低)(?:到|至))"
    r"(?P<base>[^，。；\d*、]{2,24}的|每[^，。；\d*、]{1,8})$"
)
_BY_RULE = re.compile(r"^\s*的(?:标准|比例|要求|规模|密度)(?P<thing>[^，。；\d]{2,20})$")
_AS_RULE = re.compile(r"^\s*的?(?:标准|比例|要求)(?:执行|建设|配建|配置|设置|落实|实施|控制)?$")
_DONE = "响应|到场|到达现场|到达|办结|办理完毕|办理|处置完毕|处置|送达|反馈|答复|修复|抵达现场|抵达|出警|完成|出具|审结|回复"
WITHIN = re.compile(rf"^(?:内|以内|之内)?(?P<done>{_DONE})(?=$|、|和|，)")
_OF_SHARE = re.compile(
    r"^\s*的?(?P<of>[^，。；\d的]{2,20}?)(?P<verb>完成|实现|达到|纳入|开展|建成|配备|建有|得到|接入|设置|安装|通过|使用|采用|执行|具备|实行|实施|参加)(?P<done>[^，。；\d]{2,20})$"
)
_REMOVING = re.compile(r"(?:消除|淘汰|关停|关闭|拆除|清理|取缔|减少|整治|治理|排查|检查|压减|削减|退出)\s*$")
_DESCRIBED_ON = re.compile(
    r"^\s*(?:、|和|及|或)[^，]*\d[^，\d]*?(?:以上|以下|以内|左右)(?:[（(][^）)]*[）)]|\x01)*的"
)
_DESCRIBING = re.compile(
    r"(?:涉及|共有|现有|拥有|占地|分为|划分|包括|半径|范围|距离|间距|限速|直径|厚度|宽度|高度|深度|层高|为期|提前|相距|前后)(?:约|为)?$"
)
_SUBSIDY = re.compile(r"(?:补助|补贴|奖励|奖补|罚款|单价)$")
# What a project costs, and no figure to reach.
_ESTIMATED = re.compile(r"^(?!.*(?:完成|实现|新增|引进|力争)).*(?:总投资|概算|估算|投资预算)额?$")
_CAPACITY = re.compile(r"^\s*的?(?P<noun>[^，。；\d]{0,14}(?:能力|产能))$")
_YIELDING = re.compile(
    r"(?P<head>^.*?(?:新增|增加|建成|形成|具备|实现|达到|达成))?(?P<what>(?:每?[日年天]|每小时)[^，。；\d]{1,8})$"
)
_HOLDS_MEASURE = re.compile(r"系数|指数|率|浓度|比例")
_SUMS = ("共", "共计", "总计", "合计")


def targets_of_figure(
    reading: Reading, lead: str, masked_lead: str, figure: Figure, following: str
) -> list[Found]:
    """The targets that one figure of a clause sets: one, none, or one for each of several subjects (均达到)."""
    special = _special(reading, lead, figure, following)
    if special:
        return [special]
    ends = (
        bool(_END.match(following))
        or bool(re.match(r"(?:共计?|合计|总计)?\d", following))
        or bool(JOINT.match(following))
    )
    if not ends:
        return _of_things(reading, lead, figure, following)
    if _describes(reading, lead, masked_lead, following):
        return []
    share = _SHARE_OF.search(lead) if not figure.before else None
    if share:
        lead, figure = lead[: share.start()], replace(figure, before=share["before"])
    several = _each_of(reading, lead, figure)
    if several:
        return several
    named = re.match(r"^(?P<head>.*[^\d])[：:](?P<place>[^：:]+)$", lead)
    if named and alone_scope(named["place"], reading.places, reading.city):
        # 浓度控制目标：安川县29微克/立方米，平林县31微克/立方米
        aim = reading.found(replace(reading.subject(named["head"]), scope=named["place"].strip()), figure)
        comparator = comparator_for(figure, aim.subject.indicator, "目标" in named["head"])
        return [replace(aim, comparator=comparator)] if aim.subject.indicator else []
    subject = _complete(reading, lead, figure)
    if subject is None:
        return []
    found = reading.found(subject, figure)
    if reading.last and reading.last.comparator is Comparator.AT_MOST and not reading.subject(lead).indicator:
        found = replace(found, comparator=comparator_for(figure, subject.indicator))
    if re.search(r"目标(?:值)?为?$", lead.rstrip() + figure.before):
        found = replace(found, comparator=comparator_for(figure, subject.indicator))
    if len(reading.clause.years) > 1 and lead.rstrip().endswith(("各", "各完成")):
        # 2026年、2027年各完成80部
        return [replace(found, deadline=year) for year in reading.clause.years]
    return [found]


def _describes(reading: Reading, lead: str, masked_lead: str, following: str) -> bool:
    """Whether a figure at a clause's end only says which objects are meant, or names a standard."""
    by_standard = following.strip("\x01 ") == "标准" and re.search(r"执行|按照?|落实", lead)
    about = re.search(r"(?:^|，)(?:对|凡|当(?![年地前季月日天下])|如|若)[^，]*$", masked_lead)
    about = None if re.search(r"^对[^，]*[检抽巡督][查测导][^，]*$|每[年季月周]", masked_lead) else about
    return bool(by_standard or about or reading.clause.condition or _DESCRIBED_ON.match(following))


def _each_of(reading: Reading, lead: str, figure: Figure) -> list[Found]:
    """化肥、农药利用率均达到43%: one target each; nothing where the list is not clear."""
    if not re.search(r"[均各]\s*$", lead):
        return []
    head = re.sub(r"[均各]\s*$", "", lead)
    kind = re.match(rf"^.*?(?:{BUILDING.pattern})(?:[^、]{{1,6}}[型级式])?", head)
    if kind and figure.counted and lead.rstrip().endswith("各") and "、" in head[kind.end() :]:
        # 创建节水型机关、学校各10个
        names = [kind.group() + name for name in listed(head[kind.end() :])]
        return [reading.found(reading.subject(name), figure) for name in names]
    if not figure.strong:
        return []
    count = len(listed(head))
    subjects = paired_subjects(
        head, "", count, reading.clause, _subject(reading.last), reading.places, reading.city
    )
    clear = 2 <= count <= 5 and subjects and all(subject.complete for subject in subjects)
    return [reading.found(subject, figure) for subject in subjects] if clear else []


def _special(reading: Reading, lead: str, figure: Figure, following: str) -> Found | None:
    """Figures that are no clause's end: 100%执行…, 形成不低于5%的…, 按照不低于…的标准配建…, 30分钟内响应."""
    after = following.strip("\x01 ")
    if (
        figure.unit == "%"
        and figure.value == 100
        and not figure.before
        and (_FULL.match(after) or BUILDING.match(after))
    ):
        verb = re.sub(r"^(?:进行|实现|完成)", "", after)
        lead = re.sub(r"(?:按照?(?:有关|相关)?规定|全部|均|要|应)\s*$", "", lead)
        found = reading.found(reading.subject(f"{lead}{verb}比例"), figure)
        return replace(found, comparator=Comparator.EQUAL)
    whole = _WHOLE_OF.search(lead + figure.before)
    if whole and (tail := re.match(r"^\s*的(?P<noun>[^，。；]{2,16})$", following)):
        return reading.found(reading.subject(tail["noun"]), replace(figure, before=whole["before"]))
    rule = _BY_RULE.match(following)
    if rule and figure.strong and (by := re.search(r"按照?|依照|执行", lead)):
        return reading.found(reading.subject(lead[: by.start()] + rule["thing"]), figure)
    if figure.strong and _AS_RULE.match(following) and (by := re.search(r"按照?$", lead)):
        return reading.found(reading.subject(lead[: by.start()]), figure)
    part = _OF_SHARE.match(following)
    if part and figure.unit == "%" and reading.subject(lead).indicator == "":
        verb = "" if part["verb"] in ("完成", "实现", "得到", "开展", "实施") else part["verb"]
        return reading.found(reading.subject(f"{lead}{part['of']}{verb}{part['done']}比例"), figure)
    capacity, yielding = _CAPACITY.match(following), _YIELDING.search(lead)
    if capacity and yielding and not figure.after and not figure.is_time:
        # 形成日处理1200吨垃圾焚烧能力
        new = "新增" if (yielding["head"] or "").endswith(("新增", "增加")) else ""
        return reading.found(reading.subject(new + yielding["what"] + capacity["noun"]), figure)
    within = WITHIN.match(following)
    if within and figure.is_time and figure.after:
        subject = reading.subject(lead)
        if not subject.indicator and reading.last:
            former = reading.last.subject
            bare = re.sub(rf"(?:{_DONE})$", "", former.indicator)
            subject = replace(former, indicator=bare if bare != former.indicator else "")
        if len(subject.indicator) > 1:
            done = replace(subject, indicator=subject.indicator + within["done"])
            return reading.found(done, figure)
    return None


def _of_things(reading: Reading, lead: str, figure: Figure, following: str) -> list[Found]:
    """新建2座污水处理厂, 打造5个以上示范点, 30个储罐完成密封改造: the things follow their number."""
    thing = counted_thing(following)
    if not thing or not figure.counted:
        return []
    if figure.after and not (figure.separate and figure.after.endswith("上") and following[:1] != "的"):
        return []
    at = len(reading.text) - len(following)
    noun = reading.clause.text[at + thing.start("noun") : at + thing.end("noun")]
    spoken = lead + figure.before
    if deed := _deed_behind(spoken, noun, following[thing.end() :]):
        return [reading.found(reading.subject(lead + noun + deed), figure)]
    if figure.separate and re.search(r"(?:推进|加快)$", spoken) and ACTING.search(noun):
        return [reading.found(reading.subject(noun), figure)]
    acted = re.match(
        r"^(?P<of>[^，]{2,14}?)(?:完成|实施|实现|开展|进行|通过|建立|安装|配备|发放|提供|更换|加装|办理)(?P<done>[^，]{2,10})$",
        noun,
    )
    verb = re.search(
        rf"(?:{BUILDING.pattern})\s*(?:约|不少于|不低于|至少|超过|共|共计|总计|近|超)?$", lead + figure.before
    )
    if verb and not (figure.after and _REMOVING.search(lead)):
        subject = reading.subject(lead + noun)
        least = re.search(rf"至少[^，\d]{{0,4}}(?:{BUILDING.pattern})\s*$", lead)
        figure = replace(figure, before="至少") if least else figure
        indicator = subject.indicator.replace("至少", "")
        return [reading.found(replace(subject, indicator=indicator), figure)]
    if (
        acted
        and (
            ACTING.search(acted["done"])
            or acted["done"].startswith("“")
            or spoken.endswith(("为", "给"))
            or re.search(r"(?:安装|加装|配备|建立)[^，]{2,10}$", noun)
        )
        and re.search(r"(?:^|对|为|给|的|对.*的)\s*$", spoken)
        and figure.separate
    ):
        return [reading.found(reading.subject(acted["of"] + acted["done"]), figure)]
    return []


def _deed_behind(spoken: str, noun: str, rest: str) -> str:
    """完成3家水泥企业、41台锅炉改造: what is done to each is said behind the last; empty where it is not."""
    last = re.search(r"[^，。；]*$", rest.rstrip())
    deed = ACTING.search(last.group()) if last else None
    undone = re.search(r"(?:完成|推进|实施|加快|开展)\s*$", spoken) and not (
        ACTING.search(noun) or BUILDING.search(noun)
    )
    if last is None or deed is None or not undone:
        return ""
    return last.group().rpartition("的")[2] if "的" in last.group() else deed.group()


def _complete(reading: Reading, lead: str, figure: Figure) -> Subject | None:
    """The subject of a figure at a clause's end; None where it sets nothing."""
    subject = reading.subject(lead)
    last = reading.alike(figure)
    if not _may_set(reading, lead, figure, subject):
        return None
    tail = re.search(r"(?:比例|占比|比重)$", last.subject.indicator) if last else None
    if last and tail and lead.rstrip().endswith("的"):
        said = re.sub(r"^(?:其中|，|、)*", "", lead.strip())
        return replace(last.subject, indicator=said + tail.group())
    if not subject.complete or SIZE.match(subject.indicator):
        taken = _left_out(reading, lead, figure, subject)
        if taken is None and not subject.complete and not _stands_alone(lead, figure, subject):
            return None
        subject = taken or subject
    unchanged = CHANGING.sub("", subject.indicator)
    timed = TIMED.search(unchanged) or subject.measured or "不" in figure.before
    return None if figure.is_time and not timed else subject


def _may_set(reading: Reading, lead: str, figure: Figure, subject: Subject) -> bool:
    """Whether the words before a figure can make it a target, whatever is left out of them."""
    building = BUILDING.search(lead) or ACTING.search(subject.indicator)
    if figure.before in _SUMS and not building and lead.strip():
        return False
    if figure.unit.endswith("元") and _ESTIMATED.search(lead) and not figure.before.startswith("达"):
        return False
    last = reading.alike(figure)
    share = bool(last and subject.scope and not subject.indicator)
    changing = CHANGING.search(subject.indicator)
    if not figure.unit and not (subject.measured or changing):
        follows = last is not None and reading.sentence and not last.figure.unit
        spoken = share or follows or not lead.strip() or _HOLDS_MEASURE.search(subject.indicator)
        if not (figure.strong and spoken):
            return False
    if figure.strong or figure.before or figure.value is None:
        return True
    if re.search(r"涉及|[共现已]有|[下内]设|^(?!每).*拥有", lead):
        return False
    if figure.unit.endswith("元") and _SUBSIDY.search(subject.indicator):
        return False
    again = bool(reading.sentence) and not lead.strip() and figure.counted
    counted = figure.counted and (building or _named(lead, subject))
    return bool(counted or changing or subject.measured or share or again)


def _named(lead: str, subject: Subject) -> bool:
    return len(subject.indicator) > 1 and not _DESCRIBING.search(lead.strip()) and "涉及" not in lead


def _stands_alone(lead: str, figure: Figure, subject: Subject) -> bool:
    """Whether a phrase without a word for a quantity says enough."""
    building = BUILDING.search(lead) or ACTING.search(subject.indicator)
    counted = figure.counted and _named(lead, subject)
    return len(subject.indicator) > 1 and bool(building or figure.strong or counted)


def _left_out(reading: Reading, lead: str, figure: Figure, subject: Subject) -> Subject | None:
    """What is left out of the subject, from the targets and the clause before."""
    last = reading.alike(figure)
    same = last is not None and _base(figure) == _base(last.figure)
    if reading.sentence and reading.last and not lead.strip() and figure.counted and not same:
        # 铁路专用线2条、30公里; 队伍20支400人: the same things counted in another unit.
        return reading.last.subject if BUILDING.match(reading.last.subject.indicator) else None
    alike = same and not (figure.counted and subject.indicator)
    taken = borrowed(subject, _subject(last), reading.clause, alike)
    former = reading.last.subject if reading.last else None
    change = CHANGING.search(former.indicator) if former else None
    if former and change and not subject.indicator and figure.before.startswith("达"):
        # 每年提高5个百分点，达到60%: what is reached is no longer the change.
        reached = re.sub("(?:每年|年均)$", "", former.indicator[: change.start()])
        return Subject(reached or former.indicator, subject.scope or former.scope)
    return taken


def _base(figure: Figure) -> str:
    """A unit without its scale: 万个 and 个 count the same."""
    return re.sub(r"^[十百千]?[万亿](?=.)", "", figure.unit)


def _subject(found: Found | None) -> Subject | None:
    return found.subject if found else None


def counted_thing(following: str) -> re.Match[str] | None:
    """What a number counts, where the thing follows it: to the clause's end, or to the next number."""
    return re.match(
        r"^\s*(?:的)?(?P<noun>[^，。；、\d\s]{2,24}?)(?:$|\x01|(?:和|、|及|以及)(?=\s*[\d一二两三四五六七八九十])|、(?=[^、]*\d))",
        following,
    )
