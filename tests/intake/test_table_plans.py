"""Tables in every form read the same, found by what their header says."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import docx
import openpyxl
import pytest

from desktop.domain.plan import DutyRole, PlanDraft
from desktop.domain.targets import Accumulation
from tests.intake.plans import codes, figures, pasted, read, read_lines, roles, sheet, word_table

TITLE = "《临河市蓝天提升行动方案》责任分工清单"
HEADER = ["序号", "重点任务", "主要内容", "牵头单位", "配合单位", "落实单位", "备注"]
ROWS = [
    HEADER,
    ["1", "推进集中供热。", "新建供热管网86公里。\n淘汰35蒸吨/小时以下燃煤锅炉40台。", "住建局\n发改委", "/", "各县（市、区）人民政府，各园区管委会", ""],
    ["2", "严管施工扬尘。", "工地在线监测安装率达到100%。", "住建局城市管理局", "水务局\n公安局", "各县（市、区）人民政府", "按月调度"],
    ["", "", "国省干线机械化清扫率不低于85%。", "交通运输局", "—", "各县（市、区）人民政府", ""],
    ["3", "治理油烟。", "建立长效机制。", "城市管理局", "无", "各县（市、区）民政府", ""],
]  # fmt: skip


def assert_read_right(draft: PlanDraft) -> None:
    assert draft.title == TITLE
    assert draft.city == "临河市"
    assert [(m.key, m.task_no, m.part, m.title) for m in draft.measures] == [
        ("m-001", "1", 1, "推进集中供热"),
        ("m-002", "2", 1, "严管施工扬尘"),
        ("m-003", "2", 2, "严管施工扬尘"),
        ("m-004", "3", 1, "治理油烟"),
    ]
    assert [m.content for m in draft.measures] == [
        "新建供热管网86公里。\n淘汰35蒸吨/小时以下燃煤锅炉40台。",
        "工地在线监测安装率达到100%。",
        "国省干线机械化清扫率不低于85%。",
        "建立长效机制。",
    ]
    counties = ("各县（市、区）人民政府",)
    assert [roles(m) for m in draft.measures] == [
        (("住建局", "发改委"), (), (*counties, "各园区管委会"), ()),
        (("住建局", "城市管理局"), ("水务局", "公安局"), counties, ()),
        (("交通运输局",), (), counties, ()),
        (("城市管理局",), (), ("各县（市、区）民政府",), ()),
    ]
    assert [m.remark for m in draft.measures] == ["", "按月调度", "", ""]
    assert codes(draft) == [("joined_names", "2", 1), ("typo", "3", 1)]
    assert dict(draft.problems[1].facts)["likely"] == "各县（市、区）人民政府"
    assert figures(draft) == [
        ("1", "新建供热管网", "=86", "公里", "", ""),
        ("1", "淘汰35蒸吨/小时以下燃煤锅炉", "=40", "台", "", ""),
        ("2", "工地在线监测安装率", ">=100", "%", "", ""),
        ("2", "国省干线机械化清扫率", ">=85", "%", "", ""),
    ]
    assert draft.targets[0].accumulation is Accumulation.PLAN_TO_DATE
    assert draft.targets[3].part == 2


def test_a_word_table(tmp_path: Path) -> None:
    assert_read_right(read(word_table(tmp_path / "plan.docx", TITLE, ROWS)))


def test_a_sheet_with_merged_cells(tmp_path: Path) -> None:
    rows: list[list[str]] = [[TITLE, "", "", "", "", "", ""], *ROWS]
    assert_read_right(read(sheet(tmp_path / "plan.xlsx", rows, ("A1:G1", "A4:A5", "B4:B5"))))


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le"])
def test_a_pasted_table_in_every_encoding(tmp_path: Path, codec: str) -> None:
    path = tmp_path / "plan.txt"
    path.write_bytes(f"{TITLE}\n\n{pasted(ROWS)}\n".encode(codec))
    assert_read_right(read(path))


def test_a_table_with_one_row_on_each_line(tmp_path: Path) -> None:
    def cell(text: str) -> str:
        return f'"{text}"' if "\n" in text else text

    lines = "\n".join("\t".join(cell(text) for text in row) for row in ROWS)
    assert_read_right(read_lines(tmp_path, f"{TITLE}\n\n{lines}\n"))


def test_other_words_for_the_columns_in_another_order(tmp_path: Path) -> None:
    rows = [
        ["责任领导", "任务名称", "完成时限", "具体措施", "牵头部门", "责任单位", "序号"],
        [
            "张某",
            "淘汰老旧货车",
            "2026年10月底",
            "淘汰老旧柴油货车150辆。",
            "市公安局",
            "市交通运输局；各县区政府",
            "1",
        ],
    ]
    draft = read(word_table(tmp_path / "plan.docx", "临河市移动源任务清单", rows))
    (measure,) = draft.measures
    assert (measure.title, measure.content) == ("淘汰老旧货车", "淘汰老旧柴油货车150辆。")
    assert measure.deadline == "2026年10月底"
    assert roles(measure) == (("市公安局",), (), ("市交通运输局", "各县区政府"), ())


def test_responsible_units_alone_lead(tmp_path: Path) -> None:
    rows = [["任务", "措施", "责任单位"], ["严查冒黑烟车", "开展路检路查。", "市公安局、市生态环境局"]]
    draft = read(word_table(tmp_path / "plan.docx", "临河市路检任务清单", rows))
    assert roles(draft.measures[0]) == (("市公安局", "市生态环境局"), (), (), ())
    assert draft.measures[0].task_no == "1"


def test_the_first_named_leads_where_the_plan_says_so(tmp_path: Path) -> None:
    path = tmp_path / "plan.docx"
    document = docx.Document()
    document.add_paragraph("临河市扬尘任务清单")
    document.add_paragraph("注：责任单位中排在第一位的为牵头单位。")
    table = document.add_table(rows=2, cols=3)
    for at, text in enumerate(
        [
            "工作任务",
            "工作要求",
            "责任单位",
            "工地管控",
            "落实湿法作业。",
            "市住建局、市水务局，各县区人民政府",
        ]
    ):
        table.rows[at // 3].cells[at % 3].text = text
    document.save(str(path))
    assert roles(read(path).measures[0]) == (("市住建局",), ("市水务局",), ("各县区人民政府",), ())


def test_two_header_lines_sections_merges_and_a_repeated_header(tmp_path: Path) -> None:
    path = tmp_path / "plan.docx"
    document = docx.Document()
    document.add_paragraph("临河市2026年重点任务清单")
    table = document.add_table(rows=2, cols=6)
    for at, text in enumerate(["序号", "工作任务", "具体措施", "责任分工", "", "完成时限"]):
        table.cell(0, at).text = text
    table.cell(0, 3).merge(table.cell(0, 4))
    table.cell(1, 3).text, table.cell(1, 4).text = "牵头单位", "落实主体"
    for at in (0, 1, 2, 5):
        table.cell(0, at).merge(table.cell(1, at))

    def add(*texts: str) -> list[object]:
        row = table.add_row()
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
        return list(row.cells)

    def section(text: str) -> None:
        cells = table.add_row().cells
        cells[0].merge(cells[5]).text = text

    section("一、能源")
    first = add("1", "整治锅炉", "淘汰锅炉12台。", "市生态环境局", "各县区政府", "2026年")
    second = add("", "", "开展执法检查。", "市市场监管局", "各园区管委会", "长期")
    for at in (0, 1):
        first[at].merge(second[at])  # type: ignore[attr-defined]
    add("序号", "工作任务", "具体措施", "牵头单位", "落实主体", "完成时限")
    section("二、交通")
    add("2", "发展公交", "新增公交车中新能源车比例不低于90%。", "市交通局", "/", "持续推进")
    document.save(str(path))
    draft = read(path)
    assert [(m.task_no, m.part, m.section, m.title, m.deadline) for m in draft.measures] == [
        ("1", 1, "能源", "整治锅炉", "2026年"),
        ("1", 2, "能源", "整治锅炉", "长期"),
        ("2", 1, "交通", "发展公交", "持续推进"),
    ]
    assert roles(draft.measures[1]) == (("市市场监管局",), (), ("各园区管委会",), ())


def test_several_sheets_are_read_in_order(tmp_path: Path) -> None:
    path = sheet(
        tmp_path / "plan.xlsx", [["任务名称", "工作要求", "牵头单位"], ["甲任务", "做好甲。", "市甲局"]]
    )
    book = openpyxl.load_workbook(path)
    other = book.create_sheet("移动源")
    for row in (["任务名称", "工作要求", "牵头单位"], ["乙任务", "做好乙。", "市乙局"]):
        other.append(row)
    hidden = book.create_sheet("旧稿")
    hidden.append(["任务名称", "工作要求", "牵头单位"])
    hidden.append(["丙任务", "做好丙。", "市丙局"])
    hidden.sheet_state = "hidden"
    book.save(path)
    assert [(m.task_no, m.title) for m in read(path).measures] == [("1", "甲任务"), ("2", "乙任务")]


def units(draft: PlanDraft) -> list[tuple[tuple[str, ...], ...]]:
    return [roles(measure) for measure in draft.measures]


def test_duties_that_are_merged_downwards_are_shared_and_empty_ones_are_not(tmp_path: Path) -> None:
    rows = [
        ["序号", "任务", "措施", "牵头单位", "配合单位", "完成时限"],
        ["1", "整治锅炉", "拆除小锅炉。", "市甲局", "市乙局", "2026年"],
        ["", "", "安装在线监测。", "", "", ""],
        ["2", "整治炉窑", "改用天然气。", "市丙局", "", "2027年"],
    ]
    merges = ("A2:A3", "B2:B3", "D2:D3", "F2:F3")
    draft = read(sheet(tmp_path / "plan.xlsx", rows, merges))
    assert units(draft) == [
        (("市甲局",), ("市乙局",), (), ()),
        (("市甲局",), (), (), ()),
        (("市丙局",), (), (), ()),
    ]
    assert [m.deadline for m in draft.measures] == ["2026年", "2026年", "2027年"]


def test_a_row_that_says_nothing_of_its_own_shares_the_duties_above(tmp_path: Path) -> None:
    rows = [
        ["序号", "任务", "措施", "牵头单位", "落实单位"],
        ["1", "整治锅炉", "拆除小锅炉。", "市甲局", "各县区政府"],
        ["", "", "安装在线监测。", "市乙局", ""],
    ]
    draft = read(word_table(tmp_path / "plan.docx", "临河市任务清单", rows))
    assert units(draft) == [(("市甲局",), (), ("各县区政府",), ()), (("市乙局",), (), ("各县区政府",), ())]
    assert [m.part for m in draft.measures] == [1, 2]


def test_a_row_in_mid_sentence_is_the_rest_of_the_one_above(tmp_path: Path) -> None:
    rows = [
        ["序号", "任务", "措施", "牵头单位"],
        ["1", "整治锅炉", "拆除城区内的", "市甲局"],
        ["", "", "小锅炉。", ""],
    ]
    (measure,) = read(word_table(tmp_path / "plan.docx", "临河市任务清单", rows)).measures
    assert measure.content == "拆除城区内的小锅炉。"


def test_headings_around_tables_are_their_sections(tmp_path: Path) -> None:
    document = docx.Document()
    header = ["序号", "任务", "措施", "责任单位"]
    for line in ("临河市攻坚方案", "一、总体要求", "坚持稳中求进。", "二、重点任务"):
        document.add_paragraph(line)
    for heading, number in (("（一）能源", "1"), ("（二）交通", "2")):
        document.add_paragraph(heading)
        table = document.add_table(rows=2, cols=4)
        for at, text in enumerate([*header, number, f"任务{number}", "抓好落实。", "市甲局"]):
            table.rows[at // 4].cells[at % 4].text = text
    document.save(str(tmp_path / "plan.docx"))
    draft = read(tmp_path / "plan.docx")
    assert [(m.task_no, m.section) for m in draft.measures] == [("1", "能源"), ("2", "交通")]


def test_rows_that_state_no_task(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["临河市任务台账", None, None, None],
        ["序号", "任务", "措施", "牵头单位"],
        ["1", "2", "3", "4"],
        [1.0, "治水", "整治排污口。", "市甲局"],
        ["一", "二级标题", None, None],
        [2.0, "治气", "整治锅炉。", "同上"],
        ["合计", None, None, None],
        ["注：以下均需各县区政府落实，不再列出。", None, None, None],
        ["审核人：", None, "填表人：张某", None],
    ]
    draft = read(sheet(tmp_path / "plan.xlsx", rows))
    assert [(m.task_no, m.section, m.title) for m in draft.measures] == [
        ("1", "", "治水"),
        ("2", "二级标题", "治气"),
    ]
    assert units(draft) == [(("市甲局",), (), ("各县区政府",), ())] * 2


def test_quarters_under_a_merged_head_are_no_deadlines(tmp_path: Path) -> None:
    rows = [
        ["序号", "任务", "措施", "责任单位", "进度安排", "", "完成时限"],
        ["", "", "", "", "上半年", "下半年", ""],
        ["1", "治水", "整治排污口。", "市甲局（牵头）、市乙局", "排查", "整治", "2026年"],
    ]
    merges = ("A1:A2", "B1:B2", "C1:C2", "D1:D2", "E1:F1", "G1:G2")
    draft = read(sheet(tmp_path / "plan.xlsx", rows, merges))
    assert [(m.task_no, m.deadline) for m in draft.measures] == [("1", "2026年")]
    assert units(draft) == [(("市甲局",), (), ("市乙局",), ())]


def test_numbers_that_begin_anew_stay_apart(tmp_path: Path) -> None:
    rows = [
        ["序号", "任务", "措施", "责任单位"],
        ["一、能源", "", "", ""],
        ["1", "甲", "做好甲。", "市甲局"],
        ["2", "乙", "做好乙。", "市乙局"],
        ["二、交通", "", "", ""],
        ["1", "丙", "做好丙。", "市丙局"],
    ]
    draft = read(sheet(tmp_path / "plan.xlsx", rows))
    assert [(m.task_no, m.part) for m in draft.measures] == [("一-1", 1), ("一-2", 1), ("二-1", 1)]


def test_duties_in_brackets_where_no_column_holds_them(tmp_path: Path) -> None:
    content = "整治排污口（含雨水口）。（市甲局牵头，市乙局配合）\n建立台账。（市丙局负责）"
    rows = [["序号", "任务", "具体措施", "完成时限"], ["1", "治水", content, "2026年"]]
    draft = read(word_table(tmp_path / "plan.docx", "临河市任务清单", rows))
    assert [(m.part, m.content) for m in draft.measures] == [
        (1, "整治排污口（含雨水口）。"),
        (2, "建立台账。"),
    ]
    assert units(draft) == [(("市甲局",), ("市乙局",), (), ()), (("市丙局",), (), (), ())]


def test_a_sheet_is_read_as_it_is_shown(tmp_path: Path) -> None:
    path = sheet(
        tmp_path / "plan.xlsx",
        [
            ["序号", "任务", "措施", "目标值", "牵头单位（旧）", "牵头单位", "完成时限"],
            [1, "治水", "整治排污口。", 0.85, "市旧局", "市新局", datetime(2026, 6, 1)],
        ],
    )
    book = openpyxl.load_workbook(path)
    book.active["D2"].number_format, book.active["G2"].number_format = "0%", 'yyyy"年"m"月"'
    book.active.column_dimensions["E"].hidden = True
    book.save(path)
    (measure,) = read(path).measures
    assert (roles(measure)[0], measure.deadline) == (("市新局",), "2026年6月")


def test_a_document_in_a_frame(tmp_path: Path) -> None:
    document = docx.Document()
    cell = document.add_table(rows=1, cols=1).cell(0, 0)
    cell.paragraphs[0].text = "临河市任务清单"
    table = cell.add_table(rows=2, cols=4)
    for at, text in enumerate(["序号", "任务", "措施", "责任单位", "1", "治水", "整治排污口。", "市甲局"]):
        table.cell(at // 4, at % 4).text = text
    document.save(str(tmp_path / "plan.docx"))
    draft = read(tmp_path / "plan.docx")
    assert (draft.title, [m.title for m in draft.measures]) == ("临河市任务清单", ["治水"])


def test_a_table_of_indicators_holds_no_measures(tmp_path: Path) -> None:
    rows = [["序号", "任务", "措施", "责任单位"], ["1", "治水", "整治排污口。", "市甲局"]]
    path = word_table(tmp_path / "plan.docx", "临河市任务清单", rows)
    document = docx.Document(str(path))
    document.add_paragraph("附表")
    table = document.add_table(rows=2, cols=4)
    for at, text in enumerate(["序号", "指标名称", "目标值", "责任单位", "1", "水质优良率", "90%", "市甲局"]):
        table.cell(at // 4, at % 4).text = text
    document.save(str(path))
    assert [m.title for m in read(path).measures] == ["治水"]


def test_a_heading_between_pasted_rows(tmp_path: Path) -> None:
    lines = [
        "临河市任务清单",
        "序号\t任务\t措施\t责任单位",
        "一、能源",
        "1\t甲\t做好甲。\t市甲局",
        "二、交通",
        "2\t乙\t做好乙。\t市乙局",
        "市丙局",
    ]
    draft = read_lines(tmp_path, "\n".join(lines))
    assert [(m.task_no, m.section) for m in draft.measures] == [("1", "能源"), ("2", "交通")]
    assert units(draft)[1] == (("市乙局", "市丙局"), (), (), ())


@pytest.mark.parametrize(
    "rule",
    [
        "以下均需各县区政府落实，不再列出",
        "以下任务各县区政府均需落实，不再一一列出",
        "各县区政府均为落实主体，不再逐项列出",
        "以下各项任务落实单位均为各县区政府，不再列出",
    ],
)
def test_who_implements_is_said_once(tmp_path: Path, rule: str) -> None:
    rows = [
        ["序号", "任务", "措施", "牵头单位", "落实单位"],
        ["1", "治水", "整治排污口。", "市甲局", f"各县区政府（{rule[:-2]}\n{rule[-2:]}）"],
        ["2", "治气", "整治锅炉。", "市乙局", ""],
    ]
    draft = read(word_table(tmp_path / "plan.docx", "临河市任务清单", rows))
    assert [m.names(DutyRole.IMPLEMENT) for m in draft.measures] == [("各县区政府",)] * 2


def test_two_pasted_tables_of_different_columns(tmp_path: Path) -> None:
    lines = [
        "临河市任务清单",
        "一、能源",
        "任务\t措施\t责任单位",
        "甲\t做好甲。\t市甲局",
        "",
        "二、交通",
        "任务\t措施\t责任单位\t完成时限",
        "乙\t做好乙。\t市乙局\t2026年",
        "注：按季报送。",
    ]
    draft = read_lines(tmp_path, "\n".join(lines))
    assert [(m.section, m.title, m.deadline) for m in draft.measures] == [
        ("能源", "甲", ""),
        ("交通", "乙", "2026年"),
    ]
    assert units(draft) == [(("市甲局",), (), (), ()), (("市乙局",), (), (), ())]


def test_a_city_whose_name_ends_like_a_shop(tmp_path: Path) -> None:
    rows = [["任务", "措施", "责任单位"], ["治水", "整治排污口。", "市甲局"]]
    assert read(word_table(tmp_path / "plan.docx", "厦门市治水任务清单", rows)).city == "厦门市"
