"""The workbook that a bureau gets: only what is to be filled can be changed, nothing in it runs, all of it shows."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from desktop.domain.codec import parse_json
from desktop.domain.report import STATUS_WORDS, Entry
from desktop.domain.workbook import Stamp
from desktop.reports.bureau_workbook import STAMP_SHEET, as_written, render_bureau_workbook
from tests.intake.filled import FIRST, MARKS, USUAL_ENTRY, book_of, row, usual_rows

OPEN = {"#status", "#progress", "#problems", "#next_steps", "#explanation", "#reading", "#note"}


@pytest.fixture(scope="module")
def data() -> bytes:
    return render_bureau_workbook(book_of(usual_rows()))


@pytest.fixture
def book(data: bytes) -> Any:
    return load_workbook(io.BytesIO(data))


def test_sheets(book: Any) -> None:
    assert [(s.title, s.sheet_state) for s in book.worksheets] == [
        ("填报", "visible"), ("指标", "visible"), ("填写说明", "visible"), (STAMP_SHEET, "veryHidden"),
    ]  # fmt: skip
    assert book.security.lockStructure


def test_only_what_is_to_be_filled_is_open(book: Any) -> None:
    for name in ("填报", "指标"):
        sheet = book[name]
        assert sheet.protection.sheet and sheet.protection.password is None
        open_columns = set()
        for line in sheet.iter_rows():
            for cell in line:
                mark = sheet.cell(MARKS, cell.column).value
                assert cell.protection.locked == (cell.row < FIRST or mark not in OPEN), cell.coordinate
                open_columns |= set() if cell.protection.locked else {mark}
        assert open_columns == {m for m in OPEN if m in [c.value for c in sheet[MARKS]]}
    assert all(c.protection.locked for line in book["填写说明"].iter_rows() for c in line)


def test_keys_and_field_names_are_out_of_sight(book: Any) -> None:
    for name, keys in (("填报", ["m-006", "m-019", "m-020", "m-021"]), ("指标", ["m-006/t1", "m-006/t2"])):
        sheet = book[name]
        assert sheet.column_dimensions["A"].hidden and sheet.row_dimensions[MARKS].hidden
        assert [sheet.cell(FIRST + n, 1).value for n in range(len(keys))] == keys


def test_statuses_are_chosen_from_the_programs_own_words(book: Any) -> None:
    sheet = book["填报"]
    (rule,) = [v for v in sheet.data_validations.dataValidation if v.type == "list"]
    assert rule.formula1 == '"' + ",".join(STATUS_WORDS.values()) + '"' and rule.showErrorMessage
    assert str(rule.sqref) == f"G{FIRST}:G{FIRST + 3}"
    assert sheet.cell(FIRST, 7).value == "滞后"


def test_measures_and_targets_say_what_is_known(book: Any) -> None:
    measures = [c.value for c in book["填报"][FIRST]]
    assert measures[1:6] == [
        6,
        "关停小锅炉",
        "热网能到的片区分批关停燃煤小锅炉。",
        "2025年底",
        "【未启动】\n上季度没有动。",
    ]
    assert measures[7:10] == ["关停锅炉7台。\n其余已签合同。", "管线要穿过国道。", "5月底前拆除。"]
    target = [c.value for c in book["指标"][FIRST]]
    assert target[3:] == [
        "关停燃煤锅炉（建成区）",
        "≥12台",
        "台",
        "本年累计",
        "2025年底",
        6.5,
        7,
        "含在建1台",
    ]


def test_rules_stand_beside_the_cells_and_on_a_sheet(book: Any) -> None:
    sheet = book["填报"]
    noted = {sheet.cell(MARKS, c.column).value for c in sheet[FIRST - 1] if c.comment}
    assert noted == {m for m in OPEN if m not in ("#reading", "#note")}
    prompts = [v for v in sheet.data_validations.dataValidation if v.prompt]
    assert {v.promptTitle for v in prompts} == {"本季度进展", "存在问题", "下一步措施", "说明"}
    guide = {r[0].value: r[1].value for r in book["填写说明"].iter_rows(min_row=2)}
    assert guide["联系人"] == "马某 0000-1" and guide["交回日期"] == "2025年4月8日"
    assert "涉密" in guide["9. 交回"]


def test_it_prints_on_landscape_a4_with_its_head_on_every_page(book: Any) -> None:
    for name in ("填报", "指标"):
        sheet = book[name]
        assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
        assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
        assert sheet.print_title_rows == f"${FIRST - 1}:${FIRST - 1}"
        assert sheet.freeze_panes.endswith(str(FIRST))
        chosen = sheet.sheet_view.selection[-1].activeCell
        assert not sheet[chosen].protection.locked


def test_rows_are_as_tall_as_their_text_and_leave_room_to_write() -> None:
    long = replace(USUAL_ENTRY, progress="已完成主干道清扫。" * 60)
    rows = (row("m-1", "1", 0, "任务", "内容", long), row("m-2", "2", 0, "任务", "内容", Entry("m-2")))
    sheet = load_workbook(io.BytesIO(render_bureau_workbook(book_of(rows))))["填报"]
    width = sheet.column_dimensions["H"].width
    lines = len(long.progress) * 13.33 / (width * 7)
    assert sheet.row_dimensions[FIRST].height >= lines * 12
    assert sheet.row_dimensions[FIRST + 1].height >= 60


def test_the_stamp_comes_back(book: Any) -> None:
    pieces = [line[0].value for line in book[STAMP_SHEET].iter_rows()]
    text = "".join(piece.removeprefix("|") for piece in pieces)
    assert parse_json(text.encode(), Stamp) == book_of(usual_rows()).stamp


def test_text_stays_text(data: bytes) -> None:
    nasty = replace(
        USUAL_ENTRY, progress="=HYPERLINK(1)", problems="+1", next_steps="@SUM(A1)", explanation="-2"
    )
    rows = (row("=m", "1", 0, "=1+1", "=2", nasty),)
    made = render_bureau_workbook(book_of(rows, bureau="=局"))
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        sheets = [archive.read(n) for n in archive.namelist() if n.startswith("xl/worksheets/sheet")]
    assert sheets and not any(b"<f>" in sheet for sheet in sheets)
    cells = [c.data_type for c in load_workbook(io.BytesIO(made))["填报"][FIRST] if c.value is not None]
    assert "f" not in cells


def test_the_same_input_gives_the_same_bytes(data: bytes) -> None:
    assert render_bureau_workbook(book_of(usual_rows())) == data


def test_without_targets_there_is_no_sheet_for_them() -> None:
    made = load_workbook(io.BytesIO(render_bureau_workbook(book_of(usual_rows()[1:]))))
    assert made.sheetnames == ["填报", "填写说明", STAMP_SHEET]


@given(st.text(max_size=200))
def test_writing_twice_changes_nothing_more(text: str) -> None:
    once = as_written(text)
    assert as_written(once) == once
