"""The sentences of a 通报, drafted from the summary's data by fixed rules: no figure that the data do not hold."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from desktop.domain.bulletin import (
    BULLETIN_HEADINGS,
    Bulletin,
    BulletinPart,
    BulletinSection,
    BulletinText,
)
from desktop.domain.clean_text import clean_text
from desktop.domain.letter import TEXT_LIMIT
from desktop.domain.overall import (
    BehindMeasure,
    arrivals,
    behind_measures,
    behind_units,
    heard,
    late_groups,
    moves,
    progressed,
)
from desktop.domain.plan import GOALS
from desktop.domain.quarter import Quarter
from desktop.domain.report import STATUS_WORDS
from desktop.domain.summary import CityLine, SummaryDocument, UnitProgress, UnitSummary
from desktop.domain.targets import Verdict, verdict_on
from desktop.domain.unit import UnitKind
from desktop.reports.account_figures import VERDICT_WORDS
from desktop.reports.report_text import Paragraph, chinese_date, quoted, section_paragraphs
from desktop.reports.score_text import ranking_words, written

_ORDINALS = "一二三四五六七八九"
_MOST_NAMED = 5
"""Measures and units that are named as behind most; the annex has all of them."""


def title_of(document: SummaryDocument) -> tuple[str, ...]:
    """The title in parts that stay together."""
    quarter = Quarter.parse(document.quarter).chinese
    return (document.issuer.name, "关于", quoted(document.plan.title), quarter, "落实情况的通报")


def usual_addressee(document: SummaryDocument) -> str:
    """主送机关 by the kinds of units that report, without the colon."""
    kinds = {unit.kind for unit in document.units}
    named = {
        UnitKind.COUNTY: "各县（市、区）人民政府",
        UnitKind.PARK: "各开发区（园区）管理委员会",
    }
    found = [words for kind, words in named.items() if kind in kinds]
    others = kinds - set(named)
    return "，".join([*found, *(["各有关单位"] if others or not found else [])])


def draft(document: SummaryDocument) -> Mapping[BulletinSection, str]:
    """Every section that was chosen, in the words of the data; empty where they have nothing to say."""
    bulletin, known = document.bulletin or Bulletin(), heard(document)
    quarter = Quarter.parse(document.quarter).chinese
    opening = f"根据各单位报送的{quarter}季报，现将{quoted(document.plan.title)}{quarter}落实情况通报如下。"
    texts = {
        BulletinSection.OPENING: [opening],
        BulletinSection.REPORTING: reporting_words(document),
        BulletinSection.OVERALL: [overall_words(document)],
        BulletinSection.MOVED: [moved_words(document)] if known else [],
        BulletinSection.BEHIND: behind_words(document) if known else [],
        BulletinSection.CITY: [city_account(document.city)] if document.city else [],
    }
    if bulletin.ranking is not None:
        texts[BulletinSection.RANKING] = [ranking_words(bulletin.ranking, _names_of(document))]
    if BulletinPart.REQUESTS in bulletin.parts:
        texts[BulletinSection.REQUESTS] = [request_words(document)]
    return {name: clean_text("\n".join(parts))[:TEXT_LIMIT] for name, parts in texts.items()}


def sections_of(texts: Mapping[BulletinSection, str]) -> tuple[BulletinText, ...]:
    """Those that have text, in their order: no heading ever stands over nothing."""
    return tuple(BulletinText(name, texts[name]) for name in BulletinSection if texts.get(name, "").strip())


def paragraphs_of(document: SummaryDocument) -> tuple[Paragraph, ...]:
    """The letter's body with its headings, up to 特此通报."""
    sections = document.bulletin.sections if document.bulletin else None
    if sections is None:
        sections = sections_of(draft(document))
    headed = (
        ("" if each.name is BulletinSection.OPENING else BULLETIN_HEADINGS[each.name], each.text)
        for each in sections
    )
    return (*section_paragraphs(headed), Paragraph("特此通报。"))


def account_of(document: SummaryDocument) -> str:
    """One paragraph above the tables, where no letter precedes them."""
    return reporting_words(document)[0] + overall_words(document)


def reporting_words(document: SummaryDocument) -> list[str]:
    """Who reported on time, late, not at all, and whose report was sent back."""
    seen, units = arrivals(document), len(document.units)
    if not units:
        return ["本季度没有应报送的单位。"]
    day, due = chinese_date(document.as_of), document.due
    text = f"本季度应报送单位{units}个" + (f"，报送截止日期为{chinese_date(due)}" if due else "") + "。"
    if not seen.came:
        said = [f"{text}截至{day}，尚未收到季报。"]
    else:
        whole = seen.came == units > 1
        text += f"截至{day}，" + (f"{units}个单位全部报送" if whole else f"已报送{seen.came}个")
        if due:
            text += _timing(len(seen.on_time), len(seen.late))
        text += f"；尚未报送{len(seen.missing)}个。" if seen.missing else "。"
        said = [text + _decided(len(seen.accepted), len(seen.waiting), len(seen.returned))]
    if due and seen.on_time and (seen.late or seen.missing):
        said.append(f"按期报送的单位：{_listed(unit.short_name for unit in seen.on_time)}。")
    if seen.late:
        said.append(f"逾期报送的单位：{'；'.join(_late_words(seen.late))}。")
    if seen.missing:
        said.append(_missing_words(seen.missing, document))
    if seen.sent_back:
        said.append(f"退回修改的单位：{_listed(_sent_back(unit) for unit in seen.sent_back)}。")
    return said


def _late_words(units: Sequence[UnitSummary]) -> Iterable[str]:
    for days, group in late_groups(units).items():
        yield f"{_listed(unit.short_name for unit in group)}，{'均' if len(group) > 1 else ''}逾期{days}天"


def _timing(on_time: int, late: int) -> str:
    if on_time and late:
        return f"，其中按期报送{on_time}个、逾期报送{late}个"
    every = "均" if on_time + late > 1 else ""
    return f"，{every}{'逾期' if late else '按期'}报送"


def _decided(accepted: int, waiting: int, returned: int) -> str:
    came = accepted + waiting + returned
    if accepted == came:
        return f"已报送的季报{'均' if came > 1 else ''}已审核接收。"
    counted = (
        ("已审核接收", accepted),
        ("待审核", waiting),
        ("退回后尚未重新报送", returned),
    )
    return f"已报送的季报中，{'，'.join(f'{word}{count}个' for word, count in counted if count)}。"


def _missing_words(missing: Sequence[UnitSummary], document: SummaryDocument) -> str:
    text = f"尚未报送的单位：{_listed(unit.short_name for unit in missing)}。"
    late = max(unit.late_days or 0 for unit in missing)
    if late:
        every = "均" if len(missing) > 1 else ""
        return f"{text}截至{chinese_date(document.as_of)}，{every}已逾期{late}天。"
    return text + ("报送截止日期未到。" if document.due and document.as_of <= document.due else "")


def _sent_back(unit: UnitSummary) -> str:
    times = f"退回{len(unit.returns)}次" if unit.returns else "已退回"
    now = {
        UnitProgress.ACCEPTED: "已重新报送并接收",
        UnitProgress.WAITING: "已重新报送，待审核",
    }.get(unit.state, "尚未重新报送")
    return f"{unit.short_name}（{times}，{now}）"


def overall_words(document: SummaryDocument) -> str:
    """How many entries stand at each status, over what was accepted."""
    seen = progressed(document)
    if not heard(document):
        return "目前没有已接收的季报，进展情况待接收后汇总。"
    text = f"已接收的季报应填报条目{seen.assigned}项，已填报{seen.filled}项。"
    counted = [(word, seen.counts[status]) for status, word in STATUS_WORDS.items() if seen.counts[status]]
    if len(counted) == 1:
        text += f"已填报的条目均为“{counted[0][0]}”。"
    elif counted:
        text += f"其中，{'，'.join(f'{word}{count}项' for word, count in counted)}。"
    if seen.on_track is not None and len(counted) > 1:
        text += f"不计不涉及的条目，已完成和达到序时进度的占{written(seen.on_track)}%。"
    return text


def moved_words(document: SummaryDocument) -> str:
    """What moved since the quarter before."""
    seen = moves(document)
    if not seen.compared:
        return "上季度没有可以比较的数据。"
    counted = (
        ("新完成", seen.completed),
        ("由滞后或未启动转为达到序时进度", seen.caught_up),
        ("新出现滞后", seen.fell_behind),
        ("连续两个季度滞后", seen.still_behind),
        ("由已完成改为达到序时进度或未启动", seen.reopened),
    )
    text = f"两个季度都有填报、可以比较的条目{seen.compared}项。"
    listed = "，".join(f"{word}{count}项" for word, count in counted if count)
    if not listed:
        return text + "没有新完成、新出现滞后和连续滞后的条目。"
    return f"{text}与上季度相比，{listed}。"


def behind_words(document: SummaryDocument) -> list[str]:
    """What is behind with most units, and which units are behind with most."""
    measures, units = behind_measures(document), behind_units(document)
    if not measures:
        return ["已接收的季报中没有滞后的条目。"]
    total = sum(count for _, count in units)
    said = [f"滞后条目共{total}项，涉及{_kinds(measures)}、单位{len(units)}个。"]
    names = _names_of(document)
    most = [each for each in measures if len(each.units) > 1][:_MOST_NAMED]
    if most:
        said.append(f"滞后单位较多的措施：{'；'.join(_measure_words(each, names) for each in most)}。")
    elif len(measures) > 1:
        said[0] += "每项措施滞后的单位均为1个。"
    leading = [(unit, count) for unit, count in units if count > 1][:_MOST_NAMED]
    if leading and len(units) > 1:
        said.append(
            f"滞后条目较多的单位：{_listed(f'{unit.short_name}{count}项' for unit, count in leading)}。"
        )
    return said


def _kinds(measures: Sequence[BehindMeasure]) -> str:
    """工作措施 counted, the row that asks for overall targets named apart."""
    own = sum(each.row.measure_key != GOALS for each in measures)
    goals = "方案总体目标" if own < len(measures) else ""
    return "、".join(filter(None, (f"工作措施{own}项" if own else "", goals)))


def _measure_words(each: BehindMeasure, names: dict[str, str]) -> str:
    who = _listed(names.get(code, code) for code in each.units)
    number = "" if each.row.measure_key == GOALS else f"（序号{each.row.label}）"
    return f"{each.row.title}{number}，滞后单位{len(each.units)}个（{who}）"


_CITY_VERDICTS = VERDICT_WORDS | {Verdict.MISSED: "尚未达到"}


def city_account(lines: tuple[CityLine, ...]) -> str:
    """The paragraph about the city's own figures."""
    given = [line for line in lines if line.value is not None]
    text = f"由市本级填报的指标{len(lines)}项，本季度已填{len(given)}项"
    counts = Counter(verdict_on(line.target, line.value) for line in given)
    for verdict, word in _CITY_VERDICTS.items():
        text += f"，{word}方案目标值{counts[verdict]}项" if counts[verdict] else ""
    return f"{text}。"


def request_words(document: SummaryDocument) -> str:
    """What is asked of the units, each request only where the data give cause for it."""
    seen = arrivals(document)
    asked = []
    if seen.missing:
        asked.append(f"{_listed(unit.short_name for unit in seen.missing)}要抓紧报送本季度季报")
    if seen.returned:
        asked.append(f"{_listed(unit.short_name for unit in seen.returned)}要按退回意见修改后重新报送")
    if seen.late:
        asked.append("逾期报送的单位要严格执行报送时限")
    if behind_units(document):
        asked.append("有滞后条目的单位要落实季报所列的下一步措施，加快推进，并在下季度季报中报告进展")
    if not asked:
        return "各单位要继续抓好落实，按时报送下季度季报。"
    if len(asked) == 1:
        return f"{asked[0]}。"
    return "；".join(f"{_ORDINALS[at]}是{text}" for at, text in enumerate(asked)) + "。"


def _names_of(document: SummaryDocument) -> dict[str, str]:
    return {unit.unit.code: unit.short_name for unit in document.units}


def _listed(names: Iterable[str]) -> str:
    return "、".join(names)
