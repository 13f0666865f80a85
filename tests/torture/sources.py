"""Sound plans in every form, small and the same on every run: what is going to be damaged."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path

import docx
import openpyxl
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Table, TableStyle

ROOT = Path(__file__).resolve().parents[2]
FORMS = ("docx", "xlsx", "pdf", "txt")
_DAY = (2025, 3, 1, 8, 0, 0)
_HEADER = ("序号", "重点任务", "主要内容", "牵头单位", "配合单位", "落实单位", "完成时限")
_ROWS = (
    ("一、面源治理", "", "", "", "", "", ""),
    ("1", "控尘", "主次干道机械化清扫率达到92%，工地围挡不低于1.8米。", "市住建局", "市城管局、市公安局", "各县（市、区）人民政府", "2025年"),
    ("", "", "裸露地块苫盖3.5万平方米。", "自然资源局住建局", "/", "望溪区、临泉县", "2026年6月底"),
    ("2", "治车", "淘汰国三柴油货车120辆；（新增充电桩**个）。", "市公安局", "市商务局\n市交通局等", "各县（市、区）民政府", "持续推进"),
    ("3", "压煤", "35蒸吨/小时以下锅炉清零，PM2.5、PM10浓度分别控制在32、65微克/立方米。", "市发改委", "无", "各工业园区管委会", "—"),
)  # fmt: skip


def sources() -> dict[str, list[bytes]]:
    """Whole files by their form."""
    prose = _prose()
    return {
        "docx": [_word(prose, _ROWS), _word(prose[:14], ())],
        "xlsx": [_book(("A3:G3",)), _book(("A4:A5", "B4:B5", "A3:G3"))],
        "pdf": [_pages(prose, packed) for packed in (True, False)] + [_table_page(), _with_own_face(prose)],
        "txt": [text.encode("utf-8") for text in _texts(prose)],
    }


def _prose() -> list[str]:
    text = (ROOT / "resources" / "sample" / "plan_prose.txt").read_text(encoding="utf-8")
    return text.split("\n")[:60]


def _texts(prose: Sequence[str]) -> Iterator[str]:
    yield "\n".join(prose)
    yield from ((path.read_text(encoding="utf-8")) for path in sorted(_samples().glob("*_prose.txt")))
    yield "附件\n\n" + "\n".join("\t".join(row) for row in (_HEADER, *_ROWS[1:4]))
    yield "\n\n".join("\n".join(f"\t{cell}" for cell in row) for row in (_HEADER, *_ROWS[1:]))
    yield "\n".join(
        "|" + "|".join(cell.replace("\n", "<br>") for cell in row) + "|" for row in (_HEADER, *_ROWS)
    )


def _samples() -> Path:
    return ROOT / "tests" / "samples" / "plans"


def _word(prose: Sequence[str], rows: Sequence[Sequence[str]]) -> bytes:
    document = docx.Document()
    for line in prose:
        document.add_paragraph(line)
    document.add_paragraph("编号段落", style="List Number")
    if rows:
        table = document.add_table(rows=0, cols=len(_HEADER))
        for row in (_HEADER, *rows):
            cells = table.add_row().cells
            for cell, text in zip(cells, row, strict=True):
                cell.text = text
        table.cell(1, 0).merge(table.cell(1, 6))
        table.cell(2, 1).merge(table.cell(3, 1))
    out = io.BytesIO()
    document.save(out)
    return rezipped(members(out.getvalue()))


def _book(merges: Sequence[str]) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["云岭市行动方案责任分工清单"])
    for row in (_HEADER, *_ROWS):
        sheet.append(row)
    sheet.append([4, "数", 0.5, datetime(2025, 6, 30), True, None, 1e20])
    for merge in merges:
        sheet.merge_cells(merge)
    book.create_sheet("说明").append(["排在第一位的为牵头单位。"])
    out = io.BytesIO()
    book.save(out)
    return rezipped(members(out.getvalue()))


def _canvas(out: io.BytesIO, packed: bool) -> Canvas:
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    return Canvas(out, pagesize=A4, invariant=1, pageCompression=int(packed))


def _pages(prose: Sequence[str], packed: bool) -> bytes:
    out = io.BytesIO()
    canvas = _canvas(out, packed)
    _written(canvas, prose, "STSong-Light")
    canvas.save()
    return out.getvalue()


def _with_own_face(prose: Sequence[str]) -> bytes:
    """A page whose face is embedded, with a map from glyphs to characters."""
    out = io.BytesIO()
    canvas = _canvas(out, False)
    pdfmetrics.registerFont(TTFont("own", str(ROOT / "resources" / "fonts" / "NotoSansSC-Regular.ttf")))
    _written(canvas, prose[12:24], "own")
    canvas.save()
    return out.getvalue()


def _written(canvas: Canvas, prose: Sequence[str], face: str) -> None:
    top = 780
    for line in prose:
        for at in range(0, max(len(line), 1), 32):
            if top < 60:
                canvas.showPage()
                top = 780
            canvas.setFont(face, 14)
            canvas.drawString(70, top, line[at : at + 32])
            top -= 24


def _table_page() -> bytes:
    out = io.BytesIO()
    canvas = _canvas(out, False)
    rows = [
        ["\n".join(cell[at : at + 8] for at in range(0, len(cell), 8)) for cell in row]
        for row in (_HEADER, *_ROWS)
    ]
    table = Table(rows, colWidths=[30, 50, 120, 60, 60, 80, 60])
    table.setStyle(
        TableStyle(
            [("FONT", (0, 0), (-1, -1), "STSong-Light", 8), ("GRID", (0, 0), (-1, -1), 0.5, colors.black)]
        )
    )
    for top in (500, 300):
        table.wrapOn(canvas, 500, 500)
        table.drawOn(canvas, 60, top)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def members(data: bytes) -> dict[str, bytes]:
    """A zip's members by name."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        found = {name: archive.read(name) for name in archive.namelist()}
    if "docProps/core.xml" in found:
        # The hour of saving would make every run's inputs others.
        found["docProps/core.xml"] = re.sub(
            rb"20\d\d-[\d\-T:]+Z", b"2025-03-01T08:00:00Z", found["docProps/core.xml"]
        )
    return found


def rezipped(parts: dict[str, bytes], stored: bool = False) -> bytes:
    """A zip of these members, with right sums and one date."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in parts.items():
            entry = zipfile.ZipInfo(name, _DAY)
            entry.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
            archive.writestr(entry, data)
    return out.getvalue()
