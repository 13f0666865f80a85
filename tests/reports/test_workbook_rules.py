"""Nothing in a workbook that Excel or WPS would have to repair; and the checker sees what would be."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest

from desktop.domain.report import People, Reading
from desktop.reports.bureau_workbook import render_bureau_workbook
from desktop.reports.ledger_sheet import render_summary_ledger, render_unit_ledger
from tests.intake.filled import book_of, usual_rows
from tests.reports.ooxml import faults
from tests.reports.samples import TARGETS, entry_of, report, row, summary
from tests.reports.test_ledger_sheet import HOSTILE


def long_report() -> bytes:
    """Texts of 1 to 40,000 characters in every field."""
    rows = []
    for number, size in enumerate((1, 40, 900, 5_000, 40_000)):
        text = ("治理设施运行稳定，VOCs浓度下降；" * (size // 8 + 1))[:size]
        entry = replace(entry_of(number, f"m{number}"), progress=text, problems=text, next_steps=text[::-1])
        rows.append(replace(row(number, entry), content=text, title=text[:200], remark=text[:500]))
    return render_unit_ledger(report(tuple(rows)))


def hostile_report() -> bytes:
    """Names and texts that look like formulae, codes, escapes and mark-up, and figures beyond Excel's."""
    texts = (*HOSTILE, "_x0041_", "&P&N", "<c>&amp;</c>", "]]>", "a\x00b\x1fc\ufffe", "'", "𠮷" * 20_000)
    rows = []
    for number, text in enumerate(texts):
        figures = (Decimal("1E+300"), Decimal("-0.00000000000000000001"), Decimal("123456789012345678"))
        entry = replace(
            entry_of(number, f"m{number}"),
            progress=text,
            explanation=text,
            readings=tuple(Reading(t.key, f, text) for t, f in zip(TARGETS, figures, strict=False)),
        )
        rows.append(replace(row(number, entry), title=text, remark=text, lead=(text,), targets=TARGETS))
    content = report(tuple(rows))
    unit = replace(content.unit, name="=&P" * 200)
    return render_unit_ledger(replace(content, unit=unit, people=People(*["=1+1"] * 4)))


BOOKS: dict[str, Callable[[], bytes]] = {
    "a county's ledger": lambda: render_unit_ledger(report()),
    "long texts": long_report,
    "hostile texts": hostile_report,
    "an empty report": lambda: render_unit_ledger(report(())),
    "a summary": lambda: render_summary_ledger(summary(12, 5)),
    "a summary of 40 units": lambda: render_summary_ledger(summary(4, 40)),
    "a bureau's form": lambda: render_bureau_workbook(book_of(usual_rows())),
    "an empty summary": lambda: render_summary_ledger(replace(summary(1, 1), units=(), rows=())),
}


@pytest.mark.parametrize("name", BOOKS)
def test_nothing_is_to_be_repaired(name: str) -> None:
    assert faults(BOOKS[name]()) == []


def changed(name: str, old: str, new: str) -> bytes:
    """A good workbook with one thing in one part made wrong."""
    made = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(render_unit_ledger(report()))) as source,
        zipfile.ZipFile(made, "w") as out,
    ):
        for each in source.namelist():
            text = source.read(each).decode("utf-8")
            if each == name:
                assert old in text, f"{old} is not in {name}"
                text = text.replace(old, new, 1)
            out.writestr(each, text)
    return made.getvalue()


SHEET, STYLES, BOOK = "xl/worksheets/sheet1.xml", "xl/styles.xml", "xl/workbook.xml"
WRONG = {
    "mark-up cut": (SHEET, "</worksheet>", "</worksheet"),
    "content type missing": ("[Content_Types].xml", 'PartName="/xl/styles.xml"', 'PartName="/xl/style.xml"'),
    "relationship leads nowhere": ("xl/_rels/workbook.xml.rels", '"styles.xml"', '"none.xml"'),
    "relationship not there": (BOOK, 'r:id="rId1"', 'r:id="rId99"'),
    "style out of range": (SHEET, ' s="1"', ' s="9999"'),
    "font out of range": (STYLES, 'fontId="1"', 'fontId="77"'),
    "count of formats": (STYLES, "<cellXfs count=", '<cellXfs count="9" was='),
    "sheet's name": (BOOK, 'name="指标"', 'name="指/标"'),
    "two sheets of one name": (BOOK, 'name="指标"', 'name="台账"'),
    "name twice": (BOOK, 'name="台账状态"', 'name="台账表"'),
    "name leads nowhere": (BOOK, "'台账'!$A$3", "'台帐'!$A$3"),
    "row too tall": (SHEET, ' ht="', ' ht="444'),
    "column too wide": (SHEET, ' width="', ' width="99'),
    "a formula": (SHEET, '<c r="A1"', '<c r="A1"><f>1+1</f></c><c r="B1"'),
    "cell in another row": (SHEET, '<c r="A4"', '<c r="A5"'),
    "merged cells overlap": (SHEET, "<mergeCell ", '<mergeCell ref="A1:B2"/><mergeCell '),
    "merged in the filter": (SHEET, "<mergeCell ", '<mergeCell ref="A5:A6"/><mergeCell '),
    "priority twice": (SHEET, 'priority="2"', 'priority="1"'),
    "condition's style": (SHEET, 'dxfId="2"', 'dxfId="888"'),
    "list too long": (SHEET, '<formula1>"', "<formula1>" + "x" * 300),
    "dimension too small": (SHEET, '<dimension ref="', '<dimension ref="A1:A1" was="'),
    "order of parts": (SHEET, "<sheetData>", "<pageMargins/><sheetData>"),
    "footer too long": (SHEET, "<oddFooter>", "<oddFooter>" + "x" * 255),
    "table's heading": ("xl/tables/table1.xml", 'name="单位"', 'name="单 位"'),
    "table of one row": ("xl/tables/table1.xml", ' ref="', ' ref="A1:B1" was="'),
}


@pytest.mark.parametrize("name", WRONG)
def test_the_checker_sees_what_would_be_repaired(name: str) -> None:
    assert faults(changed(*WRONG[name]))
