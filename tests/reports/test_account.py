"""The account drafted from the data: its grammar for none, one and many; what moved; figures; nothing that asks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

import pytest

from desktop.domain.letter import SectionName, asking_words
from desktop.domain.quarter import Quarter
from desktop.domain.report import Entry, ProgressStatus, Reading, ReportRow
from desktop.domain.schedule import Past, Standing
from desktop.domain.targets import Accumulation
from desktop.reports.account_drafting import Basis, draft, sections_of
from desktop.reports.account_words import Annexes, enumerated
from tests.reports import samples

DONE, ON, BEHIND = ProgressStatus.COMPLETED, ProgressStatus.ON_SCHEDULE, ProgressStatus.BEHIND
WAITING, NONE = ProgressStatus.NOT_STARTED, ProgressStatus.NOT_APPLICABLE
Q1, Q2 = Quarter(2025, 1), Quarter(2025, 2)
BOTH = Annexes((("table", "表"), ("evidence", "清单")))


def rows_at(*statuses: ProgressStatus | None, **fields: str) -> tuple[ReportRow, ...]:
    return tuple(
        replace(samples.row(n, Entry(f"m{n}", status, **fields)), targets=())
        for n, status in enumerate(statuses)
    )


def drafted(
    rows: tuple[ReportRow, ...], before: tuple[ProgressStatus | None, ...] = (), annexes: Annexes = BOTH,
    last: Quarter = Q1, standings: Mapping[str, Standing] | None = None, unit: str = "清禾县人民政府",
) -> Mapping[SectionName, str]:  # fmt: skip
    was = {f"m{n}": Entry(f"m{n}", status) for n, status in enumerate(before)}
    return draft(Basis(unit, "甲方案", Q2, rows, annexes, was, last if before else None, standings or {}))


@pytest.mark.parametrize(
    ("statuses", "said"),
    [
        ((), "本季度没有需要填报的工作措施。"),
        ((DONE,), "我县承担重点任务1项，已完成。"),
        ((ON,), "我县承担重点任务1项，达到序时进度。"),
        ((BEHIND,), "我县承担重点任务1项，进展滞后。"),
        ((None,), "我县承担重点任务1项，尚未填报。"),
        ((DONE, DONE), "我县承担重点任务2项，均已完成。"),
        ((WAITING, WAITING), "我县承担重点任务2项，均尚未启动。"),
        ((NONE, NONE, NONE), "我县承担重点任务3项，均不涉及。"),
        ((DONE, ON, ON), "我县承担重点任务3项。其中，已完成1项，达到序时进度2项。没有滞后和未启动的措施。"),
        ((DONE, BEHIND), "我县承担重点任务2项。其中，已完成1项，滞后1项。"),
    ],
)
def test_counts_of_none_one_and_many(statuses: tuple[ProgressStatus | None, ...], said: str) -> None:
    text = drafted(rows_at(*statuses))[SectionName.OVERALL]
    assert said in text
    assert "0项" not in text and "均为" not in text


@pytest.mark.parametrize(
    ("before", "now", "said"),
    [
        ((ON, BEHIND, WAITING, ON), (DONE, ON, ON, BEHIND),
         "与上季度相比，新完成1项，由滞后转为达到序时进度1项，新启动1项，转为滞后1项。"),
        ((BEHIND, BEHIND), (BEHIND, BEHIND), "与上季度相比，仍滞后2项。"),
        ((BEHIND,), (DONE,), "与上季度相比，新完成1项。"),
        ((ON, DONE), (ON, DONE), "各项措施的进展状态与上季度相同。"),
        ((ON,), (ON,), "进展状态与上季度相同。"),
        ((DONE,), (ON,), "由已完成改为继续推进1项。"),
    ],
)  # fmt: skip
def test_what_moved_since_last_quarter(
    before: tuple[ProgressStatus, ...], now: tuple[ProgressStatus, ...], said: str
) -> None:
    assert said in drafted(rows_at(*now), before)[SectionName.OVERALL]


def test_nothing_is_compared_without_a_quarter_before() -> None:
    assert "相比" not in drafted(rows_at(DONE, ON))[SectionName.OVERALL]
    assert "相同" not in drafted(rows_at(ON, ON), (None, None))[SectionName.OVERALL]


def test_an_earlier_quarter_is_called_by_its_name() -> None:
    text = drafted(rows_at(DONE), (ON,), last=Quarter(2024, 3))[SectionName.OVERALL]
    assert "与2024年第三季度相比，新完成1项。" in text


def test_sections_without_anything_to_say_have_no_heading() -> None:
    found = sections_of(drafted(rows_at(ON, ON), (ON, ON)))
    assert [section.name for section in found] == [SectionName.OPENING, SectionName.OVERALL]


def test_problems_and_steps_of_what_is_behind_stand_one_by_one() -> None:
    rows = rows_at(BEHIND, BEHIND, WAITING, ON, problems="征地未完成。", next_steps="5月底前完成。")
    texts = drafted(rows)
    assert texts[SectionName.PROBLEMS].split("\n") == [
        "进展滞后的措施2项。",
        "一是用能总量和强度双控（序号1）。征地未完成。",
        "二是燃煤锅炉关停与改造（序号2）。征地未完成。",
        "尚未启动的措施1项，为工业炉窑改用清洁能源（序号3）。",
        "另有1项措施在推进中遇到的问题，见附件1。",
    ]
    assert texts[SectionName.NEXT].split("\n")[-2:] == [
        "三是工业炉窑改用清洁能源（序号3）。5月底前完成。",
        "其余1项措施的下一步安排，见附件1。",
    ]


def test_a_single_one_is_not_numbered() -> None:
    rows = rows_at(BEHIND, ON, problems="征地未完成", next_steps="")
    text = drafted(rows)[SectionName.PROBLEMS]
    assert text.startswith("进展滞后的措施1项，为用能总量和强度双控（序号1）。征地未完成。")
    assert "一是" not in text


def test_without_the_table_nothing_points_at_it() -> None:
    rows = rows_at(BEHIND, ON, problems="难。" * 80, next_steps="干。")
    texts = drafted(rows, annexes=Annexes())
    assert not any("附件" in text for text in texts.values())
    assert "（有删节）" in texts[SectionName.PROBLEMS]
    one = drafted(rows, annexes=Annexes((("table", "表"),)))
    assert "详见附件。" in one[SectionName.OVERALL]


def test_many_are_told_in_part_and_counted() -> None:
    rows = rows_at(*[BEHIND] * 15, problems="难。")
    text = drafted(rows)[SectionName.PROBLEMS]
    assert "十二是" in text and "十三是" not in text and "另有3项，见附件1。" in text


def test_highlights_are_what_was_completed_and_what_caught_up() -> None:
    rows = rows_at(DONE, ON, DONE, progress="全部建成。")
    text = drafted(rows, (ON, BEHIND, DONE))[SectionName.HIGHLIGHTS]
    assert text.split("\n") == [
        "一是用能总量和强度双控（序号1）已完成。全部建成。",
        "二是燃煤锅炉关停与改造（序号2）由滞后转为达到序时进度。全部建成。",
    ]


def test_nothing_that_asks_is_drafted() -> None:
    asks = "资金缺口300万元。恳请市里予以支持。妥否，请批示"
    rows = rows_at(BEHIND, WAITING, DONE, problems=asks, next_steps=asks, progress=asks)
    texts = drafted(rows)
    assert not any(asking_words(text) for text in texts.values())
    assert "资金缺口300万元。" in texts[SectionName.PROBLEMS]
    assert texts[SectionName.SUGGESTIONS] == ""


def test_units_speak_of_themselves() -> None:
    assert "现将我单位2025年第二季度" in drafted(rows_at(ON), unit="高新区管委会")[SectionName.OPENING]


def figures(*values: str | None, standings: Mapping[str, Standing] | None = None) -> str:
    readings = tuple(
        Reading(t.key, None if v is None else Decimal(v))
        for t, v in zip(samples.TARGETS, values, strict=False)
    )
    row = replace(samples.row(1, Entry("m1", ON, readings=readings)), targets=samples.TARGETS[: len(values)])
    return drafted((row,), standings=standings)[SectionName.FIGURES]


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ((None,), "本季度需填报量化指标1项，尚未填报。"),
        ((None, None), "本季度需填报量化指标2项，均未填报。"),
        (("12",), "本季度需填报量化指标1项，已填报。目前达到方案目标值。"),
        (("7",), "本季度需填报量化指标1项，已填报。目前正在推进。"),
        (("12", "30"), "已全部填报。目前均达到方案目标值。"),
        (("7", "30", None), "已填报2项，未填报1项。其中，达到方案目标值1项，其余1项正在推进。"),
    ],
)
def test_figures_of_none_one_and_many(values: tuple[str | None, ...], said: str) -> None:
    assert said in figures(*values)


def test_only_what_falls_short_of_what_is_due_is_behind() -> None:
    """7 of 12 by June is ahead of 6; 5 is short of it: an unmet year-end target is not behind."""
    due = {"t1": Standing("t1", Decimal(6))}
    assert "目前达到序时应达值。" in figures("7", standings=due)
    short = figures("5", standings=due)
    assert "目前未达到序时应达值。" in short
    assert "未达到序时应达值的指标：淘汰燃煤锅炉5台（序时应达6台）。" in short


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("90", "目前达到方案目标值。"),
        ("89.6", "目前达到方案目标值。"),
        ("86.4", "接近方案目标值（左右）的指标：秸秆综合利用率86.4%（目标90%左右）。"),
        ("97", "高于方案目标值（左右）的指标：秸秆综合利用率97%（目标90%左右）。"),
        ("60", "目前正在推进。"),
    ],
)
def test_a_goal_of_about_is_reached_or_near_and_nobody_is_told_it_was_missed(value: str, said: str) -> None:
    straw = replace(samples.TARGETS[2], accumulation=Accumulation.POINT_IN_TIME)
    row = samples.row(1, Entry("m1", ON, readings=(Reading("t3", Decimal(value)),)))
    assert said in drafted((replace(row, targets=(straw,)),))[SectionName.FIGURES]


def test_a_goal_that_is_over_and_not_reached_is_said_to_be() -> None:
    row = samples.row(1, Entry("m1", ON, readings=(Reading("t2", Decimal(35)),)))
    over = replace(samples.TARGETS[1], deadline="2025年6月底前", accumulation=Accumulation.POINT_IN_TIME)
    text = drafted((replace(row, targets=(over,)),))[SectionName.FIGURES]
    assert "已到完成时限、未达到方案目标值的指标：PM2.5平均浓度35微克/立方米（目标≤31微克/立方米）。" in text
    later = drafted((replace(row, targets=(samples.TARGETS[1],)),))[SectionName.FIGURES]
    assert "未达到" not in later


def test_a_goal_reached_since_last_quarter_is_a_highlight_once() -> None:
    last = Past("2025Q1", Decimal(9), Accumulation.PLAN_TO_DATE, "台")
    standings = {"t1": Standing("t1", Decimal(6), last=last, trend=(last,))}
    row = replace(
        samples.row(1, Entry("m1", ON, readings=(Reading("t1", Decimal(12)),))), targets=samples.TARGETS[:1]
    )
    text = drafted((row,), (None, ON), standings=standings)[SectionName.HIGHLIGHTS]
    assert text == "淘汰燃煤锅炉12台（目标≥12台），达到方案目标值。"
    reached = replace(last, value=Decimal(12))
    again = {"t1": Standing("t1", Decimal(6), last=reached, trend=(reached,))}
    assert drafted((row,), (None, ON), standings=again)[SectionName.HIGHLIGHTS] == ""


def test_no_figures_no_section() -> None:
    assert drafted(rows_at(ON))[SectionName.FIGURES] == ""


def test_numerals_go_past_ten() -> None:
    heads = [text[:-1] for text in enumerated(["x"] * 21)]
    assert (heads[0], heads[9], heads[10], heads[19], heads[20]) == (
        "一是", "十是", "十一是", "二十是", "二十一是",
    )  # fmt: skip
