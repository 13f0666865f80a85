"""A unit's quarterly report on paper: the letter, the table of all entries, the list of evidence."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import groupby

from desktop.domain.codec import canonical_bytes
from desktop.domain.missing_signs import missing_signs
from desktop.domain.progress import Progress, silent
from desktop.domain.quarter import Quarter
from desktop.domain.report import Evidence, ReportDocument, ReportRow
from desktop.domain.signatures import FieldPlace
from desktop.reports.account_words import Annexes
from desktop.reports.annex_head import set_annex_head
from desktop.reports.closing import close, room_for
from desktop.reports.column_widths import fitted_widths
from desktop.reports.description import Description
from desktop.reports.fonts import Faces
from desktop.reports.letter_body import fitted
from desktop.reports.letter_foot import LetterFoot
from desktop.reports.official_letter import LetterSetter, SignaturePlace, SignedBy
from desktop.reports.page import Area, Foot, Pages, Style
from desktop.reports.pdf_table import Align, Band, Column, Row, Table, TableSetter, Texts, Together
from desktop.reports.readings_annex import draw_readings
from desktop.reports.rendered import Proof, RenderedPdf, over_damage
from desktop.reports.report_text import (
    NOTHING,
    account_of,
    chinese_date,
    letter_of,
    readings_text,
    status_word,
)
from desktop.reports.table_cells import PAD_X

_COLUMNS = (
    Column("序号", 32, Align.CENTRE),
    Column("重点任务", 70.5),
    Column("牵头单位", 60),
    Column("本季度进展情况", 0),
    Column("指标完成值", 104),
    Column("进展\n状态", 50, Align.CENTRE),
    Column("存在问题", 80.5),
    Column("下一步措施", 80.5),
)
_EVIDENCE_COLUMN = Column("佐证", 29, Align.CENTRE)
# How narrow a column may become where others have more to say; the rest keep their widths.
_LEAST = {
    "重点任务": 60.0,
    "牵头单位": 54.0,
    "本季度进展情况": 96.0,
    "指标完成值": 84.0,
    "存在问题": 68.0,
    "下一步措施": 68.0,
}
_LIST_COLUMNS = (
    Column("序号", 30, Align.CENTRE),
    Column("对应任务", 124),
    Column("材料名称", 130),
    Column("大小", 50, Align.CENTRE),
    Column("SHA-256摘要\n（前16位）", 108, Align.CENTRE),
)


@dataclass(frozen=True)
class _Set:
    """A letter as it was set: the pages so far, the issuer's place, 版记 to come, and what that leaves `below` the last
    annex; a letter without annexes is closed, with the places of its other `signers`.
    """

    pages: Pages
    place: SignaturePlace
    foot: LetterFoot
    below: float
    signers: tuple[FieldPlace, ...] | None


def render_unit_report(
    document: ReportDocument, faces: Faces, signed_by: SignedBy | None = None, progress: Progress = silent
) -> RenderedPdf:
    """The whole report as a PDF made from the document alone; the same bytes for the same faces.

    `signed_by` is written into the signature box. Raises UnreadableError(`font_unreadable`, file).
    """
    return over_damage(faces, lambda usable: _rendered(document, usable, signed_by, progress))


def _rendered(
    document: ReportDocument, faces: Faces, signed_by: SignedBy | None, progress: Progress
) -> RenderedPdf:
    quarter = Quarter.parse(document.quarter).chinese
    proof = Proof.of(canonical_bytes(document))
    about = f"{document.unit.name}　{quarter}　第{document.revision}次报送"
    account = account_of(document)
    title = "".join(account.title)
    said = Description(title, document.unit.name, document.plan.title, document.prepared_on)

    def set_at(pitch: float) -> _Set:
        pages = Pages(faces, Foot(proof.code, about), said)
        day = chinese_date(document.prepared_on)
        foot = LetterFoot.of_report(pages, letter_of(document), document.people, day)
        below = room_for(foot, document.co_signers)
        alone = not account.annexes.listed
        letter = LetterSetter(pages, title, pitch)
        place = letter.set(account, document, signed_by, below if alone else 0.0)
        signers = close(pages, letter.y, foot, proof, document.co_signers) if alone else None
        return _Set(pages, place, foot, below, signers)

    done = fitted(set_at, lambda tried: tried.pages.count)
    pages, place, signers = done.pages, done.place, done.signers
    if signers is None:
        y = _annexes(pages, document, account.annexes, done.below, progress)
        signers = close(pages, y, done.foot, proof, document.co_signers)
    missing = tuple(pages.book.missing)
    return RenderedPdf(
        pages.finish(), pages.count, pages.book.uses, missing, place.page, place.box,
        missing_signs(document, missing), signers,
    )  # fmt: skip


def _annexes(
    pages: Pages, document: ReportDocument, annexes: Annexes, below: float, progress: Progress
) -> float:
    """All annexes that are printed, the last with room `below` it; returns the y below."""
    quarter, y = Quarter.parse(document.quarter).chinese, 0.0
    last, _ = annexes.listed[-1]
    for kind, _ in annexes.listed:
        label, room = annexes.place(kind), below if kind == last else 0.0
        match kind:
            case "table":
                y = _progress_table(pages, document, quarter, label, room, progress)
            case "readings":
                y = _readings(pages, document, quarter, label, room)
            case "evidence":
                y = _evidence_list(pages, document, label, room)
    return y


def evidence_of(document: ReportDocument) -> list[tuple[int, ReportRow, Evidence]]:
    """All pieces of evidence with the number they have in the list."""
    listed = [(row, piece) for row in document.rows for piece in row.entry.evidence]
    return [(number, row, piece) for number, (row, piece) in enumerate(listed, 1)]


def _progress_table(
    pages: Pages, document: ReportDocument, quarter: str, label: str, below: float, progress: Progress
) -> float:
    """The annex `label`, landscape; returns the y below the table."""
    evidence = evidence_of(document)
    area, y = _landscape_head(pages, document, label, f"{quarter}工作进展情况表")
    note = Style(pages.faces.table, 10.5, 15)
    rows = _rows(pages, document, evidence)
    columns = _fitted((*_COLUMNS, *([_EVIDENCE_COLUMN] if evidence else [])), area.width, rows, note)
    table = Table(columns, Style(pages.faces.strong, 10.5, 15), note)

    def next_page() -> tuple[Area, float]:
        following = pages.start(landscape=True)
        return following, following.top

    setter = TableSetter(pages, table, y, next_page, below)
    return setter.rows(rows, lambda done: progress("render_report", done, len(rows)))


def _readings(pages: Pages, document: ReportDocument, quarter: str, label: str, below: float) -> float:
    """The annex `label` of all targets, landscape; returns the y below the table."""
    area, y = _landscape_head(pages, document, label, f"{quarter}指标完成情况表")
    return draw_readings(pages, document, area, y, below)


def _landscape_head(pages: Pages, document: ReportDocument, label: str, name: str) -> tuple[Area, float]:
    """A fresh landscape page with an annex's title and whose it is; its area and the y below."""
    area = pages.start(landscape=True, outline=name)
    y = set_annex_head(pages, label, (document.unit.name, name))
    note = Style(pages.faces.table, 10.5, 15)
    # A unit's name of any length leaves the right half to the day.
    told = f"第{document.revision}次报送　填报日期：{document.prepared_on:%Y-%m-%d}"
    room = area.width - note.width(told) - 12
    pages.flush_right(area.right, y - 11, told, note)
    for line in note.lines(f"填报单位：{document.unit.name}", room):
        pages.text(area.left, y - 11, line.text, note)
        y -= note.pitch
    return area, y - 3


def _fitted(columns: tuple[Column, ...], width: float, rows: list[Row], style: Style) -> tuple[Column, ...]:
    """The columns as wide as their words ask; the one that has no width begins with what the others leave."""
    rest = width - sum(column.width for column in columns)
    usual = [column.width or rest for column in columns]
    least = [_LEAST.get(column.head, wide) for column, wide in zip(columns, usual, strict=True)]
    texts = [cells for row in rows if not isinstance(row, Band) for cells in _lines(row)]
    widths = fitted_widths(usual, least, texts, style.width, 2 * PAD_X)
    return tuple(replace(column, width=wide) for column, wide in zip(columns, widths, strict=True))


def _lines(row: Texts | Together) -> list[tuple[str, ...]]:
    """A row's texts, line by line of the table; what lines share counts once."""
    if not isinstance(row, Together):
        return [tuple(map(str, row))]
    first, *others = row.rows
    return [
        tuple(map(str, first)),
        *(tuple("" if at in row.shared else str(text) for at, text in enumerate(texts)) for texts in others),
    ]


def _rows(
    pages: Pages, document: ReportDocument, evidence: list[tuple[int, ReportRow, Evidence]]
) -> list[Row]:
    numbers: dict[str, list[int]] = {}
    for number, row, _ in evidence:
        numbers.setdefault(row.measure_key, []).append(number)
    found: list[Row] = []
    section = ""
    for _, group in groupby(document.rows, lambda row: (row.section, row.task_no)):
        measures = list(group)
        if measures[0].section and measures[0].section != section:
            section = measures[0].section
            found.append(Band(section, Style(pages.faces.strong, 10.5, 15)))
        texts = [_texts(row) for row in measures]
        if evidence:
            texts = [
                (*each, _ranges(numbers.get(row.measure_key, [])))
                for each, row in zip(texts, measures, strict=True)
            ]
        found += _together(texts)
    return found


def _together(texts: list[tuple[str, ...]]) -> list[Row]:
    """A task's lines: measures with the same title share its cell, and that of the lead units where they are the same."""
    found: list[Row] = []
    for _, group in groupby(texts, lambda each: each[1]):
        same = list(group)
        shared = (1, 2) if len({each[2] for each in same}) == 1 else (1,)
        found.append(Together(tuple(same), shared) if len(same) > 1 else same[0])
    return found


def _texts(row: ReportRow) -> tuple[str, ...]:
    entry = row.entry
    progress = entry.progress
    if entry.explanation.strip():
        progress = "\n".join(filter(None, (progress, f"说明：{entry.explanation}")))
    return (
        row.label,
        row.title,
        "、".join(row.lead) or NOTHING,
        progress or NOTHING,
        readings_text(row.targets, entry),
        status_word(entry),
        entry.problems or NOTHING,
        entry.next_steps or NOTHING,
    )


def _ranges(numbers: list[int]) -> str:
    """Consecutive numbers as a range: a measure's pieces follow each other in the list."""
    if not numbers:
        return ""
    first, last = numbers[0], numbers[-1]
    return str(first) if first == last else f"{first}—{last}"


def _evidence_list(pages: Pages, document: ReportDocument, label: str, below: float) -> float:
    """The annex `label`, portrait; returns the y below the list."""
    pages.start(outline="佐证材料清单")
    y = set_annex_head(pages, label, ("佐证材料清单",))
    table = Table(_LIST_COLUMNS, Style(pages.faces.strong, 10.5, 15), Style(pages.faces.table, 10.5, 15))

    def next_page() -> tuple[Area, float]:
        following = pages.start()
        return following, following.top

    rows: list[Row] = [
        (str(number), f"{row.label}　{row.title}", piece.name, size_words(piece.size), piece.digest[:16])
        for number, row, piece in evidence_of(document)
    ]
    return TableSetter(pages, table, y - 4, next_page, below).rows(rows)


def size_words(size: int) -> str:
    """A file's size as people read it."""
    if size < 1000:
        return f"{size} B"
    if size < 999_500:
        return f"{size / 1000:.0f} kB"
    return f"{size / 1_000_000:.1f} MB"
