"""The workbooks: what they say is what the document says, cell by cell, and nothing in them runs."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from desktop.domain.codec import canonical_bytes, digest_of, verification_code
from desktop.domain.report import (
    Entry,
    Evidence,
    People,
    PlanRef,
    ProgressStatus,
    Reading,
    ReportDocument,
    ReportRow,
)
from desktop.domain.summary import (
    CityLine,
    SummaryCell,
    SummaryDocument,
    SummaryRow,
    UnitProgress,
    UnitSummary,
)
from desktop.domain.targets import Audience, Comparator, Milestone, Target
from desktop.domain.unit import UnitRef
from desktop.reports.cell_text import CUT_MARK, LONGEST_TEXT, TALLEST_ROW
from desktop.reports.ledger_sheet import render_summary_ledger, render_unit_ledger

PLAN = PlanRef("plan", 2, "云岭市空气质量改善行动方案", "d" * 64)
COUNTY, PARK, CITY = (
    UnitRef("999002", "望溪区人民政府"),
    UnitRef("999000-P1", "云岭经济技术开发区管理委员会"),
    UnitRef("999000", "云岭市人民政府"),
)
SWEPT = Target("swept", "2", 1, "机械化清扫率", Comparator.AT_LEAST, Decimal("85"), "%", "2025年底", "建成区")
BLANK = Target("blank", "2", 1, "专用线接入率", Comparator.AT_LEAST, None, "%")
COUNTY_ONLY = Target(
    "named",
    "2",
    1,
    "清洁取暖率",
    Comparator.AT_LEAST,
    Decimal("80"),
    "%",
    audience=Audience.NAMED,
    unit_codes=(COUNTY.code,),
)
DONE = Entry("a", ProgressStatus.COMPLETED, "已建成在线监测点位并稳定运行。")
BEHIND = Entry(
    "b",
    ProgressStatus.BEHIND,
    "完成主干道机扫作业。",
    "清扫车辆不足。",
    "增配车辆。",
    "受设备采购进度影响。",
    (Reading("swept", Decimal("84.50"), "抽查"), Reading("blank", Decimal("12"))),
    (
        Evidence("a" * 64, "清扫记录.pdf", 10, "application/pdf"),
        Evidence("b" * 64, "照片.jpg", 20, "image/jpeg"),
    ),
)


def report_row(
    entry: Entry, label: tuple[str, int], targets: tuple[Target, ...] = (), **changes: Any
) -> ReportRow:
    row = ReportRow(
        measure_key=entry.measure_key,
        task_no=label[0],
        part=label[1],
        section="面源治理",
        title="提升道路保洁水平",
        content="提高机械化清扫比例。",
        lead=("城市管理局", "住建局"),
        support=("交通运输局",),
        deadline="2025年底",
        remark="市级督办",
        targets=targets,
        previous=tuple(Reading(target.key, Decimal("80")) for target in targets),
        entry=entry,
    )
    return replace(row, **changes)


def document(*rows: ReportRow) -> ReportDocument:
    people = People("张三", "李四", "王五", "0000-1234567")
    return ReportDocument(1, PLAN, COUNTY, CITY, "2025Q1", 2, people, date(2025, 4, 8), rows)


def usual_document() -> ReportDocument:
    return document(
        report_row(DONE, ("1", 0)),
        report_row(BEHIND, ("2", 1), (SWEPT, BLANK)),
        report_row(Entry("c"), ("保障-一", 0)),
    )


def usual_summary() -> SummaryDocument:
    def unit(ref: UnitRef, short: str, kind: str, state: UnitProgress) -> UnitSummary:
        arrived = state is UnitProgress.ACCEPTED
        return UnitSummary(
            ref,
            short,
            kind,
            state,
            1 if arrived else 0,
            2,
            2 if arrived else 0,
            {"completed": 1, "behind": 1} if arrived else {},
            date(2025, 4, 9) if arrived else None,
            3 if arrived else None,
        )

    def row(label: str, targets: tuple[Target, ...], cells: tuple[SummaryCell, ...]) -> SummaryRow:
        return SummaryRow(label, label, "面源治理", f"任务{label}", ("城市管理局",), targets, cells)

    other = UnitRef("999021", "柏河县人民政府")
    units = (
        unit(COUNTY, "望溪区", "county", UnitProgress.ACCEPTED),
        unit(other, "柏河县", "county", UnitProgress.MISSING),
        unit(PARK, "云岭经济技术开发区", "park", UnitProgress.ACCEPTED),
    )
    rows = (
        row("1", (), (SummaryCell(COUNTY.code, DONE), SummaryCell(other.code, None))),
        row(
            "2-1",
            (SWEPT, COUNTY_ONLY),
            (
                SummaryCell(COUNTY.code, BEHIND),
                SummaryCell(PARK.code, Entry("b", ProgressStatus.ON_SCHEDULE)),
            ),
        ),
    )
    return SummaryDocument(PLAN, CITY, "2025Q1", date(2025, 4, 12), date(2025, 4, 10), units, rows)


def opened(data: bytes) -> Any:
    return load_workbook(io.BytesIO(data))


def values(sheet: Any, row: int) -> list[Any]:
    return [cell.value for cell in sheet[row]]


def facts(sheet: Any) -> dict[str, Any]:
    return {row[0].value: row[1].value for row in sheet.iter_rows(min_row=2)}


def test_ledger_says_what_the_document_says() -> None:
    sheet = opened(render_unit_ledger(usual_document()))["台账"]
    assert sheet["A1"].value == "望溪区人民政府2025年第一季度工作台账"
    assert "第2次报送" in sheet["A2"].value and "（第2版）" in sheet["A2"].value
    assert values(sheet, 3) == [
        *("序号", "重点任务", "主要内容", "牵头单位", "配合单位", "完成时限", "本季度进展情况"),
        *("量化指标完成值", "是否达到序时进度", "存在问题", "下一步工作措施", "佐证材料", "状态", "备注"),
    ]
    common = ["提升道路保洁水平", "提高机械化清扫比例。", "城市管理局、住建局", "交通运输局", "2025年底"]
    assert values(sheet, 4) == [1, *common, DONE.progress, None, "是", None, None, None, "已完成", "市级督办"]
    assert values(sheet, 5) == [
        "2-1",
        *common,
        "完成主干道机扫作业。",
        "机械化清扫率：84.50%（抽查）\n专用线接入率：12%",
        "否",
        "清扫车辆不足。",
        "增配车辆。",
        "清扫记录.pdf\n照片.jpg",
        "滞后",
        "市级督办\n说明：受设备采购进度影响。",
    ]
    assert values(sheet, 6)[0] == "保障-一" and values(sheet, 6)[12] == "未填"


def test_foot_names_people_unit_and_day() -> None:
    sheet = opened(render_unit_ledger(usual_document()))["台账"]
    foot = [cell.value for row in sheet.iter_rows(min_row=7) for cell in row if cell.value]
    assert foot == [
        *("填报人：张三", "审核人：李四", "签发人：王五"),
        *("联系电话：0000-1234567", "单位（盖章）：望溪区人民政府", "日期：2025年4月8日"),
    ]


def test_targets_are_numbers_with_their_verdict() -> None:
    sheet = opened(render_unit_ledger(usual_document()))["指标"]
    swept, blank = values(sheet, 2), values(sheet, 3)
    assert swept == [
        *("2-1", "提升道路保洁水平", "机械化清扫率", "建成区", "不低于", 85, "%", "时点", "2025年底"),
        *(None, 80, 84.5, "否", "抽查"),
    ]
    assert (blank[5], blank[11], blank[12]) == (None, 12, None)
    assert sheet.cell(2, 12).data_type == "n" and sheet.cell(2, 12).number_format == "#,##0.00"
    assert sheet.max_row == 3


def test_source_binds_the_sheet_to_the_data() -> None:
    content = usual_document()
    found = facts(opened(render_unit_ledger(content))["来源"])
    data = canonical_bytes(content)
    assert found["核对码"] == verification_code(data)
    assert found["季报摘要值（SHA-256）"] == digest_of(data)
    assert found["报送次数"] == "第2次报送" and found["方案版本"] == "第2版"
    assert found["填报日期"] == datetime(2025, 4, 8)


HOSTILE = (
    "=cmd|' /C calc'!A0",
    "+1+1",
    "-2",
    "@SUM(A1)",
    "#N/A",
    "=1",
    "TRUE",
    "2025-01-01",
    "{=A1}",
    "\t=1",
    "\n+1",
    "\u3000@A1",
    "＝1+1",
    "＋1",
    "'quoted",
)


@pytest.mark.parametrize("text", HOSTILE)
def test_what_people_type_stays_text(text: str) -> None:
    entry = replace(BEHIND, progress=text, problems=text, next_steps=text, explanation=text)
    row = report_row(entry, ("2", 0), (SWEPT,), title=text, content=text, lead=(text,), remark=text)
    content = replace(document(row), people=People(text, text, text, text))
    book = opened(render_unit_ledger(content))
    cells = [cell for sheet in book for line in sheet.iter_rows() for cell in line if cell.value is not None]
    assert {cell.data_type for cell in cells} <= {"s", "n", "d"}
    assert [book["台账"].cell(4, column).value for column in (2, 3, 4, 7, 10, 11)] == [text] * 6
    assert book["台账"].cell(4, 7).data_type == "s"
    assert book["台账"].cell(4, 7).quotePrefix is (text.strip()[0] in "=+-@＝＋'")


def test_no_formula_is_in_the_file_at_all() -> None:
    row = replace(BEHIND, progress="=1+1")
    with zipfile.ZipFile(io.BytesIO(render_unit_ledger(document(report_row(row, ("1", 0)))))) as archive:
        for name in archive.namelist():
            if name.startswith("xl/worksheets/"):
                assert b"<f>" not in archive.read(name)


def test_characters_that_xml_forbids_are_left_out() -> None:
    entry = replace(DONE, progress="一\x00二\x0b三\ufffe四\r\n五\n六")
    sheet = opened(render_unit_ledger(document(report_row(entry, ("1", 0)))))["台账"]
    assert sheet["G4"].value == "一二三四\n五\n六"


def test_what_looks_like_an_escape_is_no_other_sign() -> None:
    """A reader makes A of _x0041_; what people typed so must come back so."""
    entry = replace(DONE, progress="代码_x0041_和_xZZZZ_")
    data = render_unit_ledger(document(report_row(entry, ("1", 0))))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        text = archive.read("xl/worksheets/sheet1.xml").decode()
    assert "_x005F_x0041_" in text and "_xZZZZ_" in text and "_x005F_xZZZZ_" not in text


def test_text_beyond_what_a_cell_holds_goes_on_in_the_ledger_and_is_told_in_the_data() -> None:
    entry = replace(DONE, progress="长" * 40_000)
    book = opened(render_unit_ledger(document(report_row(entry, ("1", 0)))))
    said = [row[6].value for row in book["台账"].iter_rows(min_row=4) if row[6].value]
    assert "".join(said) == entry.progress
    column = values(book["透视数据"], 1).index("本季度进展情况")
    cut = values(book["透视数据"], 2)[column]
    assert len(cut) == LONGEST_TEXT and cut.endswith(CUT_MARK)


def test_a_figure_with_more_digits_than_excel_keeps_is_text() -> None:
    for figure in ("1234567890.1234567", "1000000000000000000", "0.0000000000000001"):
        entry = replace(BEHIND, readings=(Reading("swept", Decimal(figure)),))
        sheet = opened(render_unit_ledger(document(report_row(entry, ("2", 0), (SWEPT,)))))["指标"]
        assert sheet.cell(2, 12).value == figure


def test_long_text_gets_a_wider_column_and_then_the_next_row() -> None:
    """主要内容 of 900 characters: neither screen nor paper cuts it, and the filter finds both rows."""
    sheet = opened(render_unit_ledger(document(report_row(DONE, ("1", 0), content="内容，" * 300))))["台账"]
    width = sheet.column_dimensions["C"].width
    assert width == 34
    characters_in_line = width * 7 // 12
    for number in (4, 5):
        height, text = sheet.row_dimensions[number].height, sheet.cell(number, 3).value
        assert height <= TALLEST_ROW
        assert len(text) / characters_in_line * 9 * 1.2 < height
    assert sheet["C4"].value + sheet["C5"].value == "内容，" * 300
    assert [sheet.cell(5, at).value for at in (1, 2, 7, 13)] == [1, "提升道路保洁水平（续）", None, "已完成"]


def test_rows_become_taller_when_somebody_writes_more() -> None:
    with zipfile.ZipFile(io.BytesIO(render_unit_ledger(usual_document()))) as archive:
        text = archive.read("xl/worksheets/sheet1.xml").decode()
    rows = dict(re.findall(r'<row r="([0-9]+)"([^>]*)>', text))
    assert "customHeight" in rows["1"] and "customHeight" in rows["3"]
    assert "customHeight" not in rows["4"] and "ht=" in rows["4"]


def test_names_properties_and_lists_for_who_works_on() -> None:
    content = usual_document()
    book = opened(render_unit_ledger(content))
    assert {name: each.attr_text for name, each in book.defined_names.items()} == {
        "台账表": "'台账'!$A$3:$N$6",
        "台账状态": "'台账'!$M$4:$M$6",
        "指标表": "'指标'!$A$1:$N$3",
        "佐证表": "'佐证材料'!$A$1:$E$3",
    }
    said = book.properties
    assert (said.title, said.creator) == ("望溪区人民政府2025年第一季度工作台账", COUNTY.name)
    assert said.subject == PLAN.title and verification_code(canonical_bytes(content)) in said.keywords
    lists = book["台账"].data_validations.dataValidation
    assert [rule.formula1 for rule in lists] == ['"已完成,达到序时进度,滞后,未启动,不涉及"', '"是,否,不涉及"']
    files = [[cell.value for cell in row] for row in book["佐证材料"].iter_rows(min_row=2)]
    assert files[0] == ["2-1", "提升道路保洁水平", "清扫记录.pdf", 10, "a" * 64]


def test_due_is_what_the_city_set() -> None:
    target = replace(SWEPT, milestones=(Milestone("2025Q1", Decimal("82.5")),))
    sheet = opened(render_unit_ledger(document(report_row(BEHIND, ("2", 0), (target,)))))["指标"]
    assert values(sheet, 2)[9:13] == [82.5, 80, 84.5, "否"]


def test_paper_and_sight() -> None:
    sheet = opened(render_unit_ledger(usual_document()))["台账"]
    assert sheet.freeze_panes == "C4"
    assert [str(rule.sqref) for rule in sheet.data_validations.dataValidation] == ["M4:M6", "I4:I6"]
    assert sheet.auto_filter.ref == "A3:N6"
    assert sheet.print_title_rows == "$3:$3"
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert sheet.page_setup.fitToWidth == 1 and sheet.sheet_properties.pageSetUpPr.fitToPage
    assert "&P" in sheet.oddFooter.center.text
    assert [str(area.sqref) for area in sheet.conditional_formatting] == ["M4:M6", "I4:I6"]


def test_same_document_same_bytes() -> None:
    first, again = render_unit_ledger(usual_document()), render_unit_ledger(usual_document())
    assert first == again
    assert render_summary_ledger(usual_summary()) == render_summary_ledger(usual_summary())
    assert render_unit_ledger(replace(usual_document(), revision=3)) != first


def test_no_clock_of_this_pc_is_in_the_file() -> None:
    with zipfile.ZipFile(io.BytesIO(render_unit_ledger(usual_document()))) as archive:
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        core = archive.read("docProps/core.xml").decode()
    assert core.count("2025-04-08T00:00:00Z") == 2


def test_summary_counts_units() -> None:
    sheet = opened(render_summary_ledger(usual_summary()))["各单位"]
    first, missing = values(sheet, 2), values(sheet, 3)
    assert first[:8] == [1, "望溪区", "望溪区人民政府", "县（市、区）", "已接收", "第1次", 2, 2]
    assert first[8:15] == [1, 0, 1, 0, 0, datetime(2025, 4, 9), 3]
    assert missing[4:8] == ["未报送", None, 2, 0] and missing[13:15] == [None, None]
    assert sheet["A6"].value == "共3个单位，已接收2个；应填6项，已填4项。截至2025-04-12。"


def test_matrix_tells_unassigned_from_not_arrived() -> None:
    sheet = opened(render_summary_ledger(usual_summary()))["措施矩阵"]
    assert values(sheet, 1)[3:] == ["望溪区", "柏河县", "云岭经济技术开发区"]
    assert values(sheet, 2)[3:] == ["已完成", "未报送", None]
    assert values(sheet, 3)[3:] == ["滞后", None, "达到序时进度"]
    assert sheet.freeze_panes == "D2"


def test_details_have_one_row_for_each_assignment() -> None:
    sheet = opened(render_summary_ledger(usual_summary()))["明细"]
    assert sheet.max_row == 5
    assert [(r[0].value, r[4].value, r[8].value) for r in sheet.iter_rows(min_row=2)] == [
        (1, "望溪区", "已完成"),
        (1, "柏河县", None),
        ("2-1", "望溪区", "滞后"),
        ("2-1", "云岭经济技术开发区", "达到序时进度"),
    ]
    assert values(sheet, 4)[9:] == [
        "否",
        *("完成主干道机扫作业。", "机械化清扫率：84.50%（抽查）", "清扫车辆不足。", "增配车辆。"),
        *("受设备采购进度影响。", "清扫记录.pdf\n照片.jpg"),
    ]


def test_target_details_concern_only_those_who_fill_them() -> None:
    sheet = opened(render_summary_ledger(usual_summary()))["指标明细"]
    assert [(r[2].value, r[10].value, r[11].value, r[12].value) for r in sheet.iter_rows(min_row=2)] == [
        ("机械化清扫率", "望溪区", 84.5, "否"),
        ("清洁取暖率", "望溪区", None, None),
        ("机械化清扫率", "云岭经济技术开发区", None, None),
    ]


def test_the_city_s_own_figures_have_a_sheet_where_there_are_some() -> None:
    plain = usual_summary()
    target = replace(SWEPT, audience=Audience.CITY)
    lines = (CityLine("目标", "总体目标", target, Decimal(3), Decimal(99), "=1+1"),)
    book = opened(render_summary_ledger(replace(plain, city=lines)))
    assert book.sheetnames[:2] == ["各单位", "全市指标"]
    cells = [cell.value for cell in book["全市指标"][2]]
    assert cells[:3] == ["目标", "总体目标", target.indicator] and cells[9:] == [None, 3, 99, "是", "=1+1"]
    assert book["全市指标"].cell(2, 14).data_type == "s"
    assert "全市指标" not in opened(render_summary_ledger(plain)).sheetnames


def test_empty_documents_make_workbooks_too() -> None:
    assert opened(render_unit_ledger(document())).sheetnames == ["台账", "指标", "透视数据", "来源"]
    empty = replace(usual_summary(), units=(), rows=())
    assert opened(render_summary_ledger(empty)).sheetnames == [
        *("各单位", "措施矩阵", "明细", "指标明细", "透视数据", "来源"),
    ]


def test_libreoffice_opens_both(tmp_path: Path) -> None:
    office = shutil.which("libreoffice") or shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice is not installed")
    (tmp_path / "unit.xlsx").write_bytes(render_unit_ledger(usual_document()))
    (tmp_path / "city.xlsx").write_bytes(render_summary_ledger(usual_summary()))
    command = [office, f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless"]
    subprocess.run(
        [*command, "--convert-to", "pdf", "--outdir", str(tmp_path), "unit.xlsx", "city.xlsx"],
        cwd=tmp_path,
        check=True,
        capture_output=True,
        timeout=180,
    )
    for name in ("unit.pdf", "city.pdf"):
        assert (tmp_path / name).read_bytes().startswith(b"%PDF-")
