"""附件: every target beside 序时应达, its final target and its own past, from the frozen document alone."""

from __future__ import annotations

import io
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pdfplumber
import pytest

from desktop.domain.quarter import Quarter
from desktop.domain.report import Reading, ReportDocument
from desktop.domain.schedule import Past, Standing
from desktop.domain.targets import Accumulation, Comparator, Target
from desktop.reports.account_figures import ABOUT_RULE
from desktop.reports.fonts import Faces
from desktop.reports.readings_annex import texts_of
from desktop.reports.readings_chart import chart
from desktop.reports.unit_report import render_unit_report
from tests.reports import samples
from tests.reports.printed import plain, table_rows, text_of

NOW = Quarter(2025, 1)


def target(
    key: str, indicator: str, value: str | None, unit: str, comparator: Comparator, kind: Accumulation
) -> Target:
    return replace(samples.target(key, indicator, value, unit, comparator), accumulation=kind)


BOILERS = target("t1", "淘汰燃煤锅炉", "12", "台", Comparator.AT_LEAST, Accumulation.PLAN_TO_DATE)
AIR = target("t2", "PM2.5平均浓度", "31", "微克/立方米", Comparator.AT_MOST, Accumulation.POINT_IN_TIME)
STRAW = target("t3", "秸秆综合利用率", None, "%", Comparator.AT_LEAST, Accumulation.POINT_IN_TIME)


def past(of: Target, **figures: str) -> tuple[Past, ...]:
    return tuple(
        Past(quarter, Decimal(value), of.accumulation, of.unit) for quarter, value in figures.items()
    )


def standing(of: Target, due: str | None, last: Past | None, trend: tuple[Past, ...]) -> Standing:
    return Standing(of.key, None if due is None else Decimal(due), False, last, trend, str(NOW))


def document() -> ReportDocument:
    boilers, air = past(BOILERS, **{"2024Q3": "2", "2024Q4": "5"}), past(AIR, **{"2024Q1": "33.0"})
    row = replace(
        samples.row(1),
        targets=(BOILERS, AIR, STRAW),
        standings=(
            standing(BOILERS, "6", boilers[-1], boilers), standing(AIR, None, air[0], air), standing(STRAW, "87", None, ()),
        ),
    )  # fmt: skip
    readings = (Reading("t1", Decimal(7)), Reading("t2", Decimal("33.4")), Reading("t3", None))
    return samples.report((samples.row(0), replace(row, entry=replace(row.entry, readings=readings))))


def test_every_target_reads_back_cell_by_cell(faces: Faces) -> None:
    rows = [
        cells for cells in table_rows(render_unit_report(document(), faces).pdf, "序号") if len(cells) == 11
    ]
    assert rows == [
        ["2", "淘汰燃煤锅炉", "台", "≥12", "2025年底前", "6", "5（上季度）", "7", "+2", "达到序时", ""],
        [
            "",
            "PM2.5平均浓度",
            "微克/立方米",
            "≤31",
            "2025年底前",
            "—",
            "33.0（去年同期）",
            "33.4",
            "+0.4",
            "推进中",
            "",
        ],
        ["", "秸秆综合利用率", "%", "空缺", "2025年底前", "87", "—", "未填报", "—", "—", "—"],
    ]


def test_it_is_listed_in_the_letter_and_left_out_where_there_is_no_target(
    faces: Faces, tmp_path: Path
) -> None:
    text = plain(text_of(render_unit_report(document(), faces).pdf, tmp_path, "-raw"))
    assert text.count("2025年第一季度指标完成情况表") == 2
    bare = samples.report((samples.row(0),))
    assert "指标完成情况表" not in plain(text_of(render_unit_report(bare, faces).pdf, tmp_path))


@pytest.mark.parametrize(
    ("value", "due", "words"),
    [
        ("12", "6", "达到目标"),
        ("7", "6", "达到序时"),
        ("5", "6", "未达序时"),
        ("5", None, "推进中"),
        (None, "6", "—"),
    ],
)
def test_how_a_figure_stands_in_a_word(value: str | None, due: str | None, words: str) -> None:
    row = replace(samples.row(1), targets=(BOILERS,), standings=(standing(BOILERS, due, None, ()),))
    reading = Reading("t1", None if value is None else Decimal(value))
    row = replace(row, entry=replace(row.entry, readings=(reading,)))
    assert texts_of(row, BOILERS, NOW)[9] == words


@pytest.mark.parametrize(
    ("value", "words"), [("95", "达到目标"), ("91.2", "接近目标"), ("100", "高于目标"), ("80", "推进中")]
)
def test_how_about_was_judged_is_said_on_the_paper(
    value: str, words: str, faces: Faces, tmp_path: Path
) -> None:
    gas = target("t1", "天然气覆盖率", "95", "%", Comparator.ABOUT, Accumulation.POINT_IN_TIME)
    row = replace(samples.row(1), targets=(gas,), standings=())
    row = replace(row, entry=replace(row.entry, readings=(Reading("t1", Decimal(value)),)))
    assert texts_of(row, gas, NOW)[9] == words
    text = plain(text_of(render_unit_report(samples.report((row,)), faces).pdf, tmp_path, "-raw"))
    assert plain(ABOUT_RULE) in text
    bare = plain(text_of(render_unit_report(document(), faces).pdf, tmp_path, "-raw"))
    assert "带“左右”的" not in bare


def test_a_document_from_before_standings_still_has_its_annex(faces: Faces) -> None:
    rows = [
        cells
        for cells in table_rows(render_unit_report(samples.report(count=2), faces).pdf, "序号")
        if len(cells) == 11
    ]
    assert [cells[1] for cells in rows] == ["淘汰燃煤锅炉", "PM2.5平均浓度", "秸秆综合利用率"]
    assert [cells[7] for cells in rows] == ["7", "30.4", "未填报"]
    assert {(cells[5], cells[6], cells[8]) for cells in rows} == {("—", "—", "—")}


def test_charts_stay_in_their_cells_whatever_the_figures(faces: Faces) -> None:
    many = [f"20{10 + n // 4}Q{n % 4 + 1}" for n in range(30)]
    wild = past(BOILERS, **{quarter: str((-1) ** n * 10**n) for n, quarter in enumerate(many)})
    for of, value, trend in (
        (BOILERS, "0", ()),
        (BOILERS, "-3", wild),
        (BOILERS, "1" + "0" * 38, wild),
        (AIR, "0", tuple(replace(each, accumulation=AIR.accumulation) for each in wild[:3])),
        (AIR, "31", ()),
    ):
        row = replace(samples.row(1), targets=(of,), standings=(standing(of, "5", None, trend),))
        row = replace(row, entry=replace(row.entry, readings=(Reading(of.key, Decimal(value)),)))
        with pdfplumber.open(io.BytesIO(render_unit_report(samples.report((row,)), faces).pdf)) as opened:
            page = next(page for page in opened.pages if "走势" in page.extract_text())
            right = max(rule["x1"] for rule in page.lines)
            drawn = [
                box
                for box in page.rects
                if box["x0"] > right - 84 and box["height"] > 0 and box["width"] < 20
            ]
            assert (drawn or value == "0") and all(box["x1"] <= right for box in drawn)
            tops = [rule["top"] for rule in page.lines if rule["x1"] == right]
            assert all(min(tops) <= box["top"] and box["bottom"] <= max(tops) + 0.1 for box in drawn)


def test_without_any_figure_there_is_no_chart() -> None:
    assert chart(BOILERS, None, standing(BOILERS, "6", None, ())) is None
    assert chart(BOILERS, None, standing(BOILERS, None, None, past(BOILERS, **{"2024Q4": "5"}))) is not None
