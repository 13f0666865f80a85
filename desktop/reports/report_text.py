"""The sentences of a unit's report, drafted from its data: no figure that the data do not hold, no requests."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from desktop.domain.plan import GOALS
from desktop.domain.quarter import Quarter
from desktop.domain.report import STATUS_WORDS, Entry, ProgressStatus, ReportDocument, ReportRow
from desktop.domain.targets import Comparator, Target, reached

NOT_FILLED = "未填报"
NOTHING = "—"
_COMPARED = {
    Comparator.AT_LEAST: "≥",
    Comparator.AT_MOST: "≤",
    Comparator.MORE_THAN: "＞",
    Comparator.LESS_THAN: "＜",
    Comparator.EQUAL: "",
    Comparator.ABOUT: "",
}
_ORDINALS = "一二三四五六七八九"


@dataclass(frozen=True)
class Paragraph:
    """One paragraph of the letter; a heading is set in 黑体."""

    text: str
    heading: bool = False


@dataclass(frozen=True)
class Account:
    """The letter: title in parts that stay together, addressee, paragraphs, names of the annexes."""

    title: tuple[str, ...]
    addressee: str
    paragraphs: tuple[Paragraph, ...]
    annexes: tuple[str, ...]


def account_of(document: ReportDocument) -> Account:
    """The letter of a document."""
    quarter = Quarter.parse(document.quarter).chinese
    annexes = [f"{quarter}工作进展情况表"]
    if any(row.entry.evidence for row in document.rows):
        annexes.append("佐证材料清单")
    paragraphs = [
        Paragraph(
            f"按照{quoted(document.plan.title)}和季度报送要求，现将{own_name(document.unit.name)}"
            f"{quarter}工作进展情况报告如下。"
        )
    ]
    sections = (
        ("总体进展情况", _overall(document.rows)),
        ("指标完成情况", _targets(document.rows)),
        ("存在问题和下一步措施", _difficulties(document.rows)),
    )
    for ordinal, (heading, body) in zip(_ORDINALS, sections, strict=False):
        paragraphs += [Paragraph(f"{ordinal}、{heading}", heading=True), *body]
    paragraphs.append(Paragraph("特此报告。"))
    title = (document.unit.name, "关于", quoted(document.plan.title), quarter, "进展情况的报告")
    return Account(title, f"{document.superior.name}：", tuple(paragraphs), tuple(annexes))


def quoted(title: str) -> str:
    """A plan's title in 书名号, which it may bring itself."""
    return title if title.startswith("《") else f"《{title}》"


def own_name(unit: str) -> str:
    """How a unit speaks of itself: 我县, 我区, 我市, else 我单位."""
    found = re.search(r"([县区市])(?:人民)?政府$", unit)
    return f"我{found[1]}" if found else "我单位"


def chinese_date(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def status_word(entry: Entry) -> str:
    return STATUS_WORDS[entry.status] if entry.status else NOT_FILLED


def amount(value: Decimal, unit: str) -> str:
    """A figure with its unit; no exponent, no needless zeros put in or taken away."""
    return f"{value:f}{unit}"


def target_words(target: Target) -> str:
    """What the plan asks: `≥12台`; empty where it names no figure."""
    if target.value is None:
        return ""
    about = "左右" if target.comparator is Comparator.ABOUT else ""
    return f"{_COMPARED[target.comparator]}{amount(target.value, target.unit)}{about}"


def readings_text(targets: Sequence[Target], entry: Entry) -> str:
    """One paragraph per target: indicator, reading, and what the plan asks."""
    notes = {reading.target_key: reading.note.strip() for reading in entry.readings}
    found = []
    for target in targets:
        value = entry.reading(target.key)
        given = NOT_FILLED if value is None else amount(value, target.unit)
        wanted = target_words(target)
        note = notes.get(target.key, "")
        found.append(
            f"{target.indicator}：{given}"
            + (f"，目标{wanted}" if wanted else "")
            + (f"；{note}" if note else "")
        )
    return "\n".join(found) or NOTHING


def counted(rows: Sequence[ReportRow]) -> list[tuple[str, int]]:
    """How many rows stand at each status, by its word; statuses that none has are left out."""
    counts = Counter(row.entry.status for row in rows)
    listed = [(word, counts[ProgressStatus(status)]) for status, word in STATUS_WORDS.items()]
    return [(word, number) for word, number in [*listed, (NOT_FILLED, counts[None])] if number]


def _overall(rows: Sequence[ReportRow]) -> list[Paragraph]:
    if not rows:
        return [Paragraph("本季度没有需要填报的工作措施。")]
    numbers = counted(rows)
    parts = "，".join(f"{word}{number}项" for word, number in numbers)
    if len(numbers) == 1:
        parts = f"均为“{numbers[0][0]}”"
    scope, by = _scope(rows)
    by = by or ("其中，" if len(numbers) > 1 else "")
    evidence = sum(len(row.entry.evidence) for row in rows)
    proof = f"随本报告报送佐证材料{evidence}份，清单附后。" if evidence else ""
    return [Paragraph(f"本季度{scope}。{by}{parts}。各项工作进展详见附件。{proof}")]


def _scope(rows: Sequence[ReportRow]) -> tuple[str, str]:
    """What the unit answers for, and by what its statuses are counted where that is not the tasks."""
    measures = [row for row in rows if row.measure_key != GOALS]
    if not measures:
        return "承担方案总体目标", ""
    tasks = len({row.task_no for row in measures})
    scope = f"承担重点任务{tasks}项"
    if len(measures) != tasks:
        scope += f"、具体措施{len(measures)}项"
    if len(measures) != len(rows):
        return f"{scope}，并承担方案总体目标", "按填报条目统计，"
    return scope, "按措施统计，" if len(measures) != tasks else ""


def _targets(rows: Sequence[ReportRow]) -> list[Paragraph]:
    pairs = [(target, row.entry.reading(target.key)) for row in rows for target in row.targets]
    if not pairs:
        return [Paragraph("本季度没有需要填报的量化指标。")]
    given = [(target, value) for target, value in pairs if value is not None]
    met = [target for target, value in given if reached(target, value) is True]
    unmet = [target for target, value in given if reached(target, value) is False]
    parts = [f"需填报量化指标{len(pairs)}项，已填报{len(given)}项"]
    if met:
        parts.append(f"达到方案目标值{len(met)}项")
    if unmet:
        parts.append(f"尚未达到方案目标值{len(unmet)}项")
    sentences = "，".join(parts) + "。"
    if met:
        sentences += f"已达到目标值的指标：{_names(met)}。"
    if unmet:
        sentences += f"尚未达到目标值的指标：{_names(unmet)}。各指标完成值见附件。"
    return [Paragraph(sentences)]


def _names(targets: Sequence[Target], most: int = 6) -> str:
    names = list(dict.fromkeys(target.indicator for target in targets))
    return "、".join(names[:most]) + (f"等{len(names)}项" if len(names) > most else "")


def _difficulties(rows: Sequence[ReportRow]) -> list[Paragraph]:
    behind = [row for row in rows if row.entry.status is ProgressStatus.BEHIND]
    waiting = [row for row in rows if row.entry.status is ProgressStatus.NOT_STARTED]
    if not behind and not waiting:
        return [Paragraph("本季度没有滞后和未启动的工作措施。")]
    found = []
    if behind:
        found.append(Paragraph(f"进展滞后的工作措施{len(behind)}项，具体如下。"))
        found += [_difficulty(number, row) for number, row in enumerate(behind, 1)]
    if waiting:
        names = "、".join(_named(row) for row in waiting)
        found.append(Paragraph(f"尚未启动的工作措施{len(waiting)}项：{names}。"))
    return found


def _difficulty(number: int, row: ReportRow) -> Paragraph:
    entry = row.entry
    problems = gist(entry.problems)
    steps = gist(entry.next_steps)
    body = (f"存在问题：{problems}" if problems else "") + (f"下一步措施：{steps}" if steps else "")
    return Paragraph(f"{number}. {_named(row)}。{body or '具体情况见附件。'}")


def _named(row: ReportRow) -> str:
    return row.title if row.measure_key == GOALS else f"{row.title}（序号{row.label}）"


def gist(text: str, most: int = 120) -> str:
    """Whole sentences from the beginning, about `most` characters, always closed; says when there is more."""
    parts = filter(None, (part.strip() for part in text.split("\n")))
    plain = "".join(part if part[-1] in "。！？；" else part + "；" for part in parts)
    if not plain:
        return ""
    plain = plain.rstrip("；，、 ")
    plain = plain if plain[-1] in "。！？" else plain + "。"
    if len(plain) <= most:
        return plain
    cut = max(plain.rfind(mark, 0, most) for mark in "。！？；")
    if cut < most // 3:
        cut = max(cut, *(plain.rfind(mark, 0, most) for mark in "，、"))
    kept = plain[: cut + 1] if cut >= most // 3 else plain[:most]
    return kept.rstrip("，、；。 ") + "（全文见附件）。"
