from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from desktop.domain.codec import canonical_bytes, verification_code
from desktop.domain.report import CityLine, SummaryDocument, UnitProgress
from desktop.reports.bulletin_text import account_of, city_account
from desktop.reports.city_summary import render_city_summary
from desktop.reports.fonts import Faces
from desktop.reports.status_matrix import blocks_of
from tests.reports import samples
from tests.reports.printed import fonts_of, plain, table_rows, text_of


@pytest.fixture(scope="module")
def summary() -> SummaryDocument:
    return samples.summary(24, 13)


def test_same_bytes_twice_and_all_fonts_embedded(
    summary: SummaryDocument, faces: Faces, tmp_path: Path
) -> None:
    first, second = render_city_summary(summary, faces), render_city_summary(summary, faces)
    assert first == second
    assert set(fonts_of(first.pdf, tmp_path)) == {("yes", "yes", "yes")}


def test_each_unit_has_its_line(summary: SummaryDocument, faces: Faces) -> None:
    rows = [
        cells for cells in table_rows(render_city_summary(summary, faces).pdf, "序号") if cells[0].isdigit()
    ]
    listed = {cells[1]: cells for cells in rows if len(cells) == 12}
    for unit in summary.units:
        cells = listed[unit.unit.name]
        assert cells[4] == f"{unit.filled}／{unit.assigned}"
        expected = str(unit.counts["behind"]) if unit.state is UnitProgress.ACCEPTED else "—"
        assert cells[7] == expected


def test_everything_behind_is_listed_in_the_units_words(
    summary: SummaryDocument, faces: Faces, tmp_path: Path
) -> None:
    text = plain(text_of(render_city_summary(summary, faces).pdf, tmp_path, "-raw"))
    behind = [
        cell.entry
        for row in summary.rows
        for cell in row.cells
        if cell.entry and cell.entry.status == "behind"
    ]
    assert len(behind) > 10
    assert text.count("滞后单位") == sum(
        any(cell.entry and cell.entry.status == "behind" for cell in row.cells) for row in summary.rows
    )
    assert text.count(plain("5月20日前拆除2台锅炉并完成验收。")) == sum(
        "5月20日" in e.next_steps for e in behind
    )


def test_legend_and_code_stand_on_the_pages(summary: SummaryDocument, faces: Faces, tmp_path: Path) -> None:
    pages = plain_pages(render_city_summary(summary, faces).pdf, tmp_path)
    code = verification_code(canonical_bytes(summary))
    assert all(code in page for page in pages)
    matrix = [page for page in pages if "进展状态一览" in page]
    assert matrix
    for word in (
        "已完成",
        "达到序时进度",
        "滞后",
        "未启动",
        "不涉及",
        "未填报",
        "季报尚未接收",
        "空白：未分派给该单位",
    ):
        assert all(word in page for page in matrix)


def test_account_counts_units_and_entries(summary: SummaryDocument) -> None:
    text = account_of(summary)
    assert "应报送单位13个" in text and "未收到1个" in text
    assert f"滞后{sum(u.counts['behind'] for u in summary.units)}项" in text


def test_units_split_into_even_blocks(summary: SummaryDocument) -> None:
    assert [len(block) for block in blocks_of(summary.units, 5)] == [5, 4, 4]
    assert [len(block) for block in blocks_of(summary.units, 40)] == [13]
    assert sum(blocks_of(summary.units, 1), ()) == summary.units


def test_nothing_received_and_reasons_of_a_return(
    summary: SummaryDocument, faces: Faces, tmp_path: Path
) -> None:
    rows = tuple(
        replace(row, cells=tuple(replace(cell, entry=None) for cell in row.cells)) for row in summary.rows
    )
    units = tuple(
        replace(unit, state=UnitProgress.RETURNED, reason="指标与台账不一致，请核实后重报。")
        for unit in summary.units
    )
    text = plain(text_of(render_city_summary(replace(summary, rows=rows, units=units), faces).pdf, tmp_path))
    assert "已接收的季报中没有滞后的工作措施。" in text
    assert "备注" in text and "已退回13个" in text
    assert render_city_summary(replace(summary, rows=(), units=()), faces).pages == 1


def city_lines() -> tuple[CityLine, ...]:
    """Reached, not reached, not read, and one whose figure the plan leaves blank."""
    days, air, straw = samples.TARGETS
    return (
        CityLine("目标", "总体目标", days, Decimal(7), Decimal(12), "四季度验收"),
        CityLine("目标", "总体目标", air, None, Decimal("33.4")),
        CityLine("11", "秸秆综合利用与露天禁烧", straw, Decimal(88), None),
        CityLine("12", "重污染天气应急减排", replace(days, value=None), None, Decimal(3)),
    )


def test_the_city_s_own_figures_stand_in_a_table(
    summary: SummaryDocument, faces: Faces, tmp_path: Path
) -> None:
    pdf = render_city_summary(replace(summary, city=city_lines()), faces).pdf
    rows = [cells for cells in table_rows(pdf, "序号") if len(cells) == 8]
    assert rows == [
        ["目标", "淘汰燃煤锅炉", "≥12台", "2025年底前", "7台", "12台", "达到", "四季度验收"],
        ["目标", "PM2.5平均浓度", "≤31微克/立方米", "2025年底前", "—", "33.4微克/立方米", "未达到", ""],
        ["11", "秸秆综合利用率", "90%左右", "2025年底前", "88%", "—", "—", ""],
        ["12", "淘汰燃煤锅炉", "方案中空缺", "2025年底前", "—", "3台", "—", ""],
    ]
    text = plain(text_of(pdf, tmp_path))
    for heading in ("二、全市指标完成情况", "三、进展状态一览", "四、进展滞后的工作措施"):
        assert heading in text
    said = "由市本级填报的指标4项，本季度已填3项，达到方案目标值1项，尚未达到方案目标值1项。"
    assert said == city_account(city_lines()) and said in text


def test_without_them_nothing_is_said_of_them(summary: SummaryDocument, faces: Faces, tmp_path: Path) -> None:
    text = plain(text_of(render_city_summary(summary, faces).pdf, tmp_path))
    assert "全市指标" not in text and "二、进展状态一览" in text and "三、进展滞后的工作措施" in text


def plain_pages(pdf: bytes, folder: Path) -> list[str]:
    return [plain(page) for page in text_of(pdf, folder).rstrip("\f").split("\f")]
