"""透视数据: one record per measure × unit × target, nothing blank that a pivot table groups by."""

from __future__ import annotations

import io
import zipfile
from collections import Counter
from dataclasses import replace
from decimal import Decimal
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from desktop.domain.report import STATUS_WORDS, Reading
from desktop.domain.targets import Accumulation
from desktop.reports.account_figures import ABOUT_RULE
from desktop.reports.cell_text import lines
from desktop.reports.ledger_sheet import render_summary_ledger, render_unit_ledger
from desktop.reports.long_form import DATA_SHEET
from desktop.reports.sheet import BODY_SIZE
from tests.reports.samples import TARGETS, report, row, summary

FREE_TEXT = {"本季度进展情况", "存在问题", "下一步工作措施"}
FIGURES = {"目标值", "序时应达", "上季度完成值", "本季度完成值", "距目标"}


def records(data: bytes) -> list[dict[str, Any]]:
    sheet = load_workbook(io.BytesIO(data))[DATA_SHEET]
    head, *rows = sheet.iter_rows(values_only=True)
    return [dict(zip(head, row, strict=True)) for row in rows]


def test_one_record_for_each_measure_and_target_of_a_unit() -> None:
    content = report()
    found = records(render_unit_ledger(content))
    assert len(found) == sum(max(1, len(row.targets)) for row in content.rows)
    assert sum(record["项数"] for record in found) == len(content.rows)
    assert sum(record["佐证材料数"] for record in found) == sum(len(r.entry.evidence) for r in content.rows)


def test_figures_are_those_of_the_document() -> None:
    content = report()
    said = [
        (row.title, target.indicator, row.entry.reading(target.key))
        for row in content.rows
        for target in row.targets
    ]
    found = [
        (r["重点任务"], r["指标"], None if r["本季度完成值"] is None else Decimal(str(r["本季度完成值"])))
        for r in records(render_unit_ledger(content))
        if r["指标"] != "无量化指标"
    ]
    assert found == said


def test_what_is_grouped_by_is_shown_whole() -> None:
    """Nothing is wrapped there, so a name that is wider than its column would be cut off by its neighbour."""
    whole = summary(12, 8)
    long = replace(whole.units[0], short_name="云川高新技术产业开发区（含综合保税区）")
    book = load_workbook(io.BytesIO(render_summary_ledger(replace(whole, units=(long, *whole.units[1:])))))
    sheet = book[DATA_SHEET]
    heads = [cell.value for cell in sheet[1]]
    for name in ("单位", "单位全称", "重点任务", "牵头单位", "指标"):
        at = heads.index(name)
        width = sheet.column_dimensions[get_column_letter(at + 1)].width
        for (value,) in sheet.iter_rows(min_row=2, min_col=at + 1, max_col=at + 1, values_only=True):
            assert lines(value, width, BODY_SIZE) == 1, f"{name}: {value}"
    words = heads.index("本季度进展情况")
    assert sheet.column_dimensions[get_column_letter(words + 1)].width == 36, (
        "long texts stay readable on a screen"
    )


def test_a_goal_of_about_is_near_or_above_and_the_source_says_how_it_was_judged() -> None:
    level = replace(TARGETS[2], accumulation=Accumulation.POINT_IN_TIME)
    words = {"90": "是", "86.4": "接近", "97": "高于", "60": "否"}
    for value, word in words.items():
        one = row(1)
        entry = replace(one.entry, readings=(Reading("t3", Decimal(value)),))
        book = load_workbook(
            io.BytesIO(render_unit_ledger(report((replace(one, targets=(level,), entry=entry),))))
        )
        heads, cells = list(book[DATA_SHEET].iter_rows(values_only=True))[:2]
        assert dict(zip(heads, cells, strict=True))["达到目标值"] == word
        said = dict(list(book["来源"].iter_rows(values_only=True, max_col=2)))
        assert said["“左右”的目标"] == ABOUT_RULE
    bare = load_workbook(io.BytesIO(render_unit_ledger(report((replace(row(1), targets=TARGETS[:1]),)))))
    assert all("左右" not in str(cell) for line in bare["来源"].iter_rows(values_only=True) for cell in line)


def test_nothing_that_is_grouped_by_is_blank() -> None:
    for data in (render_unit_ledger(report()), render_summary_ledger(summary(12, 8))):
        found = records(data)
        for record in found:
            blank = {name for name, value in record.items() if value is None}
            assert blank <= FREE_TEXT | FIGURES, record


def test_a_pivot_over_the_records_gives_the_summary_s_own_counts() -> None:
    content = summary(20, 9)
    counted: Counter[tuple[str, str]] = Counter()
    for record in records(render_summary_ledger(content)):
        counted[record["单位代码"], record["进展状态"]] += record["项数"]
    for unit in content.units:
        assert sum(n for (code, _), n in counted.items() if code == unit.unit.code) == unit.assigned
        for status, word in STATUS_WORDS.items():
            assert counted[unit.unit.code, word] == unit.counts.get(status.value, 0)


def test_units_that_sent_nothing_stand_there_with_their_state() -> None:
    found = records(render_summary_ledger(summary(3, 8)))
    silent = [record for record in found if record["报送状态"] == "未报送"]
    assert silent and {record["进展状态"] for record in silent} == {"未报送"}


def test_nothing_is_merged_and_the_records_are_a_table() -> None:
    book = load_workbook(io.BytesIO(render_summary_ledger(summary(4, 3))))
    sheet = book[DATA_SHEET]
    assert not sheet.merged_cells.ranges
    assert list(sheet.tables) == ["季报数据"] and sheet.tables["季报数据"].ref == sheet.dimensions


def test_without_records_there_is_no_table_to_repair() -> None:
    data = render_unit_ledger(report(()))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert not [name for name in archive.namelist() if "tables" in name]
