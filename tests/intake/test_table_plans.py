"""Tables in every form read the same, found by what their header says."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest

from desktop.domain.plan import PlanDraft
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
    import openpyxl

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
