"""A bureau's workbook filled in the real LibreOffice: whatever was done to the sheet, every field comes back right."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from desktop.domain.delegation import Bureau
from desktop.domain.report import Entry, ProgressStatus, Reading, Report
from desktop.domain.workbook import Place
from desktop.services import circulating, delegating, filling, gathering
from desktop.services.gathering import WorkbookPreview
from desktop.services.weighing import FieldState
from tests.intake.filled import FIRST, Hand
from tests.intake.office import edited, text
from tests.journeys.offices import Offices

LONG = "拆除9台，其中建成区5台。\n其余3台已签合同。\n\n附：验收单编号“柏-07”。"


@pytest.fixture
def report(offices: Offices) -> Report:
    """A draft with something in it, whose measures a bureau does."""
    store, now = offices.county, offices.now
    report = offices.draft_report()
    delegating.set_bureau(store, Bureau("县住建局", "马某", "1"), "test", now)
    delegating.delegate(store, offices.plan.id, ["m-001", "m-002"], "县住建局", "test", now)
    entry = Entry("m-001", None, "拆除5台。", readings=(Reading("t-001", Decimal(5)),))
    filling.save_entry(store, report.id, entry, "test", now)
    return report


class Cells:
    """The workbook that was handed out, with its cells named as Basic finds them."""

    def __init__(self, offices: Offices, report: Report, folder: Path) -> None:
        folder.mkdir()
        (book,) = circulating.for_bureaus(
            offices.county, report.id, ["县住建局"], folder, "李敏", offices.now, date(2025, 4, 8)
        )
        self.path, self.folder = book.file.path, folder
        self._hand = Hand(self.path.read_bytes())

    def column(self, name: str) -> int:
        sheet = self._hand.targets if name in ("reading", "note") else self._hand.measures
        return self._hand.column(sheet, name) - 1

    def at(self, name: str, number: int = 0) -> str:
        sheet = "指标" if name in ("reading", "note") else "填报"
        return f'sheets.getByName("{sheet}").getCellByPosition({self.column(name)}, {FIRST - 1 + number})'

    def filled(self) -> list[str]:
        """Both measures as a person fills them."""
        return [
            f'{self.at("status")}.String = "已完成"',
            f"{self.at('progress')}.String = {text(LONG)}",
            f'{self.at("next_steps")}.String = "组织验收。"',
            f"{self.at('reading')}.Value = 12",
            f'{self.at("note")}.String = "含在建2台"',
            f'{self.at("status", 1)}.String = "滞后"',
            f'{self.at("progress", 1)}.String = "清扫道路3公里。"',
            f'{self.at("problems", 1)}.String = "设备没有到。"',
        ]

    def after(self, *lines: str, form: str = ".xlsx") -> Path:
        return edited(self.path, lines, self.folder / f"回{form}")


WANTED = {
    "m-001": Entry(
        "m-001", ProgressStatus.COMPLETED, LONG, next_steps="组织验收。",
        readings=(Reading("t-001", Decimal(12), "含在建2台"),),
    ),
    "m-002": Entry("m-002", ProgressStatus.BEHIND, "清扫道路3公里。", problems="设备没有到。"),
}  # fmt: skip


def taken(offices: Offices, report: Report, path: Path) -> WorkbookPreview:
    """Looked at and taken with nothing chosen by hand: all of it must be sure."""
    seen = gathering.preview(offices.county, report.id, path)
    gathering.take_in(offices.county, report.id, seen, {}, "李敏", offices.now)
    assert offices.county.reports.entries(report.id) == WANTED
    assert seen.known and not seen.count(FieldState.PROPOSED, FieldState.CONFLICT, FieldState.REFUSED)
    return seen


def test_filled_and_saved_in_libreoffice(offices: Offices, report: Report, tmp_path: Path) -> None:
    cells = Cells(offices, report, tmp_path / "out")
    seen = taken(offices, report, cells.after(*cells.filled()))
    assert seen.problems == () and seen.refused == () and seen.missing == ()


def test_a_person_cannot_write_where_nothing_is_to_be_filled(
    offices: Offices, report: Report, tmp_path: Path
) -> None:
    """Through the window, as people write: the sheet's protection keeps its locked cells."""
    cells = Cells(offices, report, tmp_path / "out")
    places = {name: f"${chr(ord('A') + cells.column(name))}${FIRST}" for name in ("title", "progress")}
    tried = [
        'sheet = sheets.getByName("填报")',
        "doc.CurrentController.setActiveSheet(sheet)",
        'hands = createUnoService("com.sun.star.frame.DispatchHelper")',
        "frame = doc.CurrentController.Frame",
        *(
            line
            for name, words in (("title", "改了任务"), ("progress", "写在该填的地方"))
            for line in (
                f'hands.executeDispatch(frame, ".uno:GoToCell", "", 0, Array(Setting("ToPoint", "{places[name]}")))',
                f'hands.executeDispatch(frame, ".uno:EnterString", "", 0, Array(Setting("StringName", "{words}")))',
            )
        ),
    ]
    back = cells.after(*tried)
    sheet = Hand(back.read_bytes()).measures
    assert sheet.cell(FIRST, cells.column("title") + 1).value == "拆除小锅炉"
    assert sheet.protection.sheet
    seen = gathering.preview(offices.county, report.id, back)
    assert seen.known and {f.place.name: f.theirs for f in seen.fields if f.state is not FieldState.SAME} == {
        "progress": "写在该填的地方"
    }


def test_a_sheet_that_was_unlocked_and_rearranged(offices: Offices, report: Report, tmp_path: Path) -> None:
    """A column put in, the two measures changed about, cells merged, and a row of one's own at the end."""
    cells = Cells(offices, report, tmp_path / "out")
    last = FIRST + 1
    rearranged = [
        'sheet = sheets.getByName("填报")',
        'sheet.unprotect("")',
        f"sheet.Columns.insertByIndex({cells.column('progress')}, 1)",
        f'sheet.getCellByPosition({cells.column("progress")}, {FIRST - 2}).String = "局里自己加的一列"',
        f'sheet.getCellByPosition({cells.column("progress")}, {FIRST - 1}).String = "内部备注"',
        # The first measure's row behind the second's.
        f"sheet.Rows.insertByIndex({last}, 1)",
        f"moved = sheet.getCellRangeByPosition(0, {FIRST - 1}, 30, {FIRST - 1}).RangeAddress",
        f"sheet.moveRange(sheet.getCellByPosition(0, {last}).CellAddress, moved)",
        f"sheet.Rows.removeByIndex({FIRST - 1}, 1)",
        f"sheet.getCellRangeByPosition({cells.column('label')}, {FIRST - 1}, {cells.column('title')}, {FIRST - 1}).merge(True)",
        f'sheet.getCellByPosition({cells.column("title")}, {last + 1}).String = "局里自己加的任务"',
        f'sheet.getCellByPosition({cells.column("progress") + 1}, {last + 1}).String = "另外做了一件事。"',
    ]
    seen = taken(offices, report, cells.after(*cells.filled(), *rearranged))
    assert [row.text for row in seen.refused] and all(
        "另外做了" in row.text or "自己加的" in row.text for row in seen.refused
    )
    assert seen.missing == ()


def test_saved_as_ods_and_back_by_two_people(offices: Offices, report: Report, tmp_path: Path) -> None:
    """One fills the first measure and saves it in LibreOffice's own form, the other goes on in that and gives it back."""
    cells = Cells(offices, report, tmp_path / "out")
    lines = cells.filled()
    first = cells.after(*lines[:5], form=".ods")
    seen = taken(offices, report, edited(first, lines[5:], tmp_path / "out" / "二.xlsx"))
    assert {field.state for field in seen.fields} <= {FieldState.SAME, FieldState.NEW, FieldState.CHANGED}
    assert Place("m-001", "progress") in {f.place for f in seen.fields if f.state is FieldState.CHANGED}
