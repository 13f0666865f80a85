"""The words of a unit's report as they are printed: the letter that was frozen, the cells of its tables."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from desktop.domain.letter import NAME_LIMIT, SECTION_WORDS, Letter, LetterSettings, SectionName
from desktop.domain.quarter import Quarter
from desktop.domain.report import STATUS_WORDS, Entry, ReportDocument, ReportRow
from desktop.domain.targets import Target
from desktop.reports.account_drafting import Basis, draft, sections_of
from desktop.reports.account_figures import amount, target_words
from desktop.reports.account_words import NOT_FILLED, Annexes, counted, gist, own_name, quoted

__all__ = ["NOT_FILLED", "amount", "counted", "gist", "own_name", "quoted", "target_words"]

NOTHING = "—"
_ORDINALS = "一二三四五六七"
_SECOND_LEVEL = re.compile(r"（[一二三四五六七八九十]{1,3}）[^。；！？]{1,36}")


@dataclass(frozen=True)
class Paragraph:
    """One paragraph of the letter; a heading is set in 黑体 (1) or 楷体 (2), body text is none (0)."""

    text: str
    heading: int = 0


@dataclass(frozen=True)
class Account:
    """The letter: title in parts that stay together, addressee, paragraphs, the annexes."""

    title: tuple[str, ...]
    addressee: str
    paragraphs: tuple[Paragraph, ...]
    annexes: Annexes


def account_of(document: ReportDocument) -> Account:
    """The letter of a document, exactly as it was frozen."""
    letter = letter_of(document)
    quarter = Quarter.parse(document.quarter).chinese
    title = (letter.issuer, "关于", quoted(document.plan.title), quarter, "进展情况的报告")
    annexes = annexes_of(document.rows, quarter, letter.table, letter.readings, letter.evidence)
    return Account(title, f"{letter.addressee}：", _paragraphs(letter), annexes)


def letter_of(document: ReportDocument) -> Letter:
    """What was frozen; for documents from before there were letters, what they always said."""
    if document.letter is not None:
        return document.letter
    quarter = Quarter.parse(document.quarter)
    annexes = annexes_of(document.rows, quarter.chinese)
    basis = Basis(document.unit.name, document.plan.title, quarter, document.rows, annexes)
    named = (document.unit.name[:NAME_LIMIT], document.superior.name[:NAME_LIMIT], "", "")
    return Letter(*named, False, True, True, True, sections_of(draft(basis)))


def annexes_of(
    rows: Sequence[ReportRow], quarter: str, table: bool = True, readings: bool = True, evidence: bool = True
) -> Annexes:
    """The annexes that are printed, of those that were chosen."""
    found = [("table", f"{quarter}工作进展情况表")] if table else []
    if readings and any(row.targets for row in rows):
        found.append(("readings", f"{quarter}指标完成情况表"))
    if evidence and any(row.entry.evidence for row in rows):
        found.append(("evidence", "佐证材料清单"))
    return Annexes(tuple(found))


def annexes_by(settings: LetterSettings, rows: Sequence[ReportRow], quarter: Quarter) -> Annexes:
    """The annexes as a unit has chosen them."""
    return annexes_of(rows, quarter.chinese, settings.table, settings.readings, settings.evidence)


def _paragraphs(letter: Letter) -> tuple[Paragraph, ...]:
    headed = (
        ("" if each.name is SectionName.OPENING else SECTION_WORDS[each.name], each.text)
        for each in letter.sections
    )
    return (*section_paragraphs(headed), Paragraph("特此报告。"))


def section_paragraphs(sections: Iterable[tuple[str, str]]) -> tuple[Paragraph, ...]:
    """Sections as (heading, text) in paragraphs, their headings numbered; one without a heading stands by itself.

    A line that is a heading of the second level (（一）…) is set as one.
    """
    found: list[Paragraph] = []
    ordinals = iter(_ORDINALS)
    for heading, body in sections:
        if heading:
            found.append(Paragraph(f"{next(ordinals)}、{heading}", 1))
        for line in body.split("\n"):
            if text := line.strip(" \u3000"):
                found.append(Paragraph(text, 2 if _SECOND_LEVEL.fullmatch(text) else 0))
    return tuple(found)


def chinese_date(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def status_word(entry: Entry) -> str:
    return STATUS_WORDS[entry.status] if entry.status else NOT_FILLED


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
