"""Reading a plan document of each form: what recognising costs above opening the file and walking its text."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import docx
import openpyxl
import pdfplumber
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4, landscape
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.platypus import LongTable, SimpleDocTemplate, TableStyle

from bench.figure import Figure, in_turn
from desktop.intake.duties.lexicon import Lexicon
from desktop.intake.plan_reader import read_plan

RUNS = 5
MEASURES = 200
SAMPLES = Path(__file__).resolve().parent.parent / "resources" / "sample"
HEADER = ("序号", "重点任务", "主要内容", "牵头单位", "配合单位", "落实单位", "备注")
WORKS = ("施工扬尘", "道路保洁", "餐饮油烟", "锅炉改造", "柴油货车", "裸地苫盖", "秸秆还田", "油气回收")


def figures() -> list[Figure]:
    """The bundled sample plans and one of 200 measures in each form, beside the bare library on the same file."""
    with tempfile.TemporaryDirectory() as folder:
        return [_figure(name, path) for name, path in (*_samples(), *_long(Path(folder)))]


def _figure(name: str, path: Path) -> Figure:
    walk, floor_is = FLOORS[path.suffix]

    def ours() -> float:
        begun = time.perf_counter()
        draft = read_plan(path, Lexicon())
        spent = time.perf_counter() - begun
        assert len(draft.measures) >= 15, f"{path.name}: {len(draft.measures)}"
        return spent

    def floor() -> float:
        begun = time.perf_counter()
        walk(path)
        return time.perf_counter() - begun

    return Figure(name, *in_turn(ours, floor, RUNS), floor_is)


def _word(path: Path) -> None:
    document = docx.Document(str(path))
    for paragraph in document.paragraphs:
        _ = paragraph.text
    for table in document.tables:
        for row in table.rows:
            for cell in row.cells:
                _ = cell.text


def _book(path: Path) -> None:
    book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    for sheet in book.worksheets:
        for _ in sheet.iter_rows(values_only=True):
            pass
    book.close()


def _pages(path: Path) -> None:
    with pdfplumber.open(path) as opened:
        for page in opened.pages:
            page.extract_tables()
            page.extract_text()
            page.close()


def _text(path: Path) -> None:
    path.read_text(encoding="utf-8").splitlines()


FLOORS: dict[str, tuple[Callable[[Path], None], str]] = {
    ".docx": (_word, "python-docx: open, every row's cells' text"),
    ".xlsx": (_book, "openpyxl: open, every row's values"),
    ".pdf": (_pages, "pdfplumber: open, tables and text of every page"),
    ".txt": (_text, "the file decoded, in lines"),
}


def _samples() -> Sequence[tuple[str, Path]]:
    return (
        ("reading the sample table, docx", SAMPLES / "plan_table.docx"),
        ("reading the sample prose, txt", SAMPLES / "plan_prose.txt"),
    )


def _long(folder: Path) -> Sequence[tuple[str, Path]]:
    rows = [HEADER, *(_row(at) for at in range(1, MEASURES + 1))]
    document = docx.Document()
    document.add_paragraph("云岭市空气质量改善行动方案责任分工清单")
    table = document.add_table(rows=len(rows), cols=len(HEADER))
    for cells, row in zip(table.rows, rows, strict=True):
        for cell, text in zip(cells.cells, row, strict=True):
            cell.text = text
    document.save(str(folder / "plan.docx"))
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.save(folder / "plan.xlsx")
    _paged(folder / "plan.pdf", rows)
    prose = (
        f"{no}. {title}。{text}（{lead}牵头，{support}配合，{local}落实）"
        for no, title, text, lead, support, local, _ in rows[1:]
    )
    text = "\n".join(("云岭市空气质量改善行动方案", "一、重点任务", *prose))
    (folder / "plan.txt").write_text(text, encoding="utf-8")
    return [
        (f"reading {MEASURES} measures, {form}", folder / f"plan.{form}")
        for form in ("docx", "xlsx", "pdf", "txt")
    ]


def _row(at: int) -> tuple[str, ...]:
    work = WORKS[at % len(WORKS)]
    text = (
        f"第{at}项抓好{work}，明确台账和责任人，按月调度、按季通报。到2026年底，完成{work}点位整治{at}处，"
        f"达标率不低于{60 + at % 40}%。对进度慢的地方派人帮扶，典型做法及时推广。"
    )
    return (
        str(at),
        f"推进{work}整治",
        text,
        "市生态环境局",
        "市住建局、市城管局",
        "各县（市、区）人民政府",
        "/",
    )


def _paged(path: Path, rows: Sequence[Sequence[str]]) -> None:
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    widths = (30, 90, 320, 80, 80, 110, 30)
    cut = [
        [
            "\n".join(c[at : at + w // 9] for at in range(0, len(c), w // 9))
            for c, w in zip(row, widths, strict=True)
        ]
        for row in rows
    ]
    style = TableStyle(
        [("FONT", (0, 0), (-1, -1), "STSong-Light", 9), ("GRID", (0, 0), (-1, -1), 0.5, colors.black)]
    )
    table = LongTable(cut, colWidths=widths, repeatRows=1)
    table.setStyle(style)
    SimpleDocTemplate(str(path), pagesize=landscape(A4), leftMargin=30, rightMargin=30).build([table])
