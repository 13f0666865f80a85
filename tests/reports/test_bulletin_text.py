"""The sentences of a 通报 for nothing, one and many; no figure that the data do not hold."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from desktop.domain.bulletin import Bulletin, BulletinPart
from desktop.domain.plan import GOALS
from desktop.domain.report import Entry, ProgressStatus
from desktop.domain.scoring import Conduct, ScoringRules, ranking_of, score_of
from desktop.domain.summary import SentBack, SummaryCell, SummaryDocument, UnitProgress, UnitSummary
from desktop.domain.unit import UnitRef
from desktop.reports import bulletin_text as text
from desktop.reports import score_text
from tests.reports import samples
from tests.reports.bulletins import bulletin

S, U = ProgressStatus, UnitProgress
NAMES = ("甲县", "乙县", "丙县", "丁县")


def unit(number: int, state: UnitProgress = U.ACCEPTED, late: int | None = 0, **said: object) -> UnitSummary:
    came = state is not U.MISSING
    counts = {status.value: 0 for status in S}
    line = UnitSummary(
        UnitRef(f"u{number}", f"{NAMES[number]}人民政府"), NAMES[number], "county", state, int(came), 4, 0, counts,
        date(2025, 4, 9) if came else None, late,
    )  # fmt: skip
    return replace(line, **said)  # type: ignore[arg-type]


def document(*units: UnitSummary, due: date | None = date(2025, 4, 10)) -> SummaryDocument:
    return replace(samples.summary(1, 0), units=units, rows=(), due=due)


def behind(*rows: tuple[int, ...]) -> SummaryDocument:
    """One measure per row, in which these units are behind and the others on schedule."""
    lines = tuple(unit(number, filled=1) for number in range(4))
    made = tuple(
        replace(
            row,
            cells=tuple(
                SummaryCell(f"u{n}", Entry(row.measure_key, S.BEHIND if n in who else S.ON_SCHEDULE))
                for n in range(4)
            ),
        )
        for row, who in zip(samples.summary(max(len(rows), 1), 4).rows, rows, strict=False)
    )
    return replace(document(*lines), rows=made)


@pytest.mark.parametrize(
    ("units", "said"),
    [
        ((), "本季度没有应报送的单位。"),
        (
            (unit(0, U.MISSING, 5),),
            "本季度应报送单位1个，报送截止日期为2025年4月10日。截至2025年4月15日，尚未收到季报。",
        ),
        (
            (unit(0),),
            "本季度应报送单位1个，报送截止日期为2025年4月10日。截至2025年4月15日，已报送1个，按期报送。"
            "已报送的季报已审核接收。",
        ),
        (
            (unit(0, late=2),),
            "本季度应报送单位1个，报送截止日期为2025年4月10日。截至2025年4月15日，已报送1个，逾期报送。"
            "已报送的季报已审核接收。",
        ),
        (
            (unit(0), unit(1)),
            "本季度应报送单位2个，报送截止日期为2025年4月10日。截至2025年4月15日，2个单位全部报送，均按期报送。"
            "已报送的季报均已审核接收。",
        ),
        (
            (unit(0), unit(1, late=1), unit(2, U.WAITING), unit(3, U.MISSING, 5)),
            "本季度应报送单位4个，报送截止日期为2025年4月10日。截至2025年4月15日，已报送3个，"
            "其中按期报送2个、逾期报送1个；尚未报送1个。已报送的季报中，已审核接收2个，待审核1个。",
        ),
    ],
)
def test_who_reported(units: tuple[UnitSummary, ...], said: str) -> None:
    assert text.reporting_words(document(*units))[0] == said


def test_without_a_due_date_nobody_is_on_time_or_late() -> None:
    said = "".join(text.reporting_words(document(unit(0), unit(1, U.MISSING, None), due=None)))
    assert "按期" not in said and "逾期" not in said and "截止" not in said
    assert "已报送1个；尚未报送1个。" in said


def test_units_are_named_by_what_they_did() -> None:
    again = SentBack(1, date(2025, 4, 8), "", 1, None, date(2025, 4, 9))
    said = text.reporting_words(
        document(
            unit(0),
            unit(1, late=2, returns=(again,)),
            unit(2, U.RETURNED, late=2, returns=(replace(again, again_on=None),)),
            unit(3, U.MISSING, 5),
        )
    )
    assert said[1:] == [
        "按期报送的单位：甲县。",
        "逾期报送的单位：乙县、丙县，均逾期2天。",
        "尚未报送的单位：丁县。截至2025年4月15日，已逾期5天。",
        "退回修改的单位：乙县（退回1次，已重新报送并接收）、丙县（退回1次，尚未重新报送）。",
    ]


def test_late_units_stand_by_their_days() -> None:
    said = text.reporting_words(document(unit(0, late=3), unit(1, late=1), unit(2, late=3)))
    assert said[1] == "逾期报送的单位：乙县，逾期1天；甲县、丙县，均逾期3天。"


def test_before_the_due_date_nobody_is_late_who_has_not_sent_anything() -> None:
    early = replace(document(unit(0, U.MISSING, None), unit(1)), as_of=date(2025, 4, 10))
    assert "尚未报送的单位：甲县。报送截止日期未到。" in text.reporting_words(early)


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        ({}, "已接收的季报应填报条目4项，已填报0项。"),
        ({S.ON_SCHEDULE: 4}, "已接收的季报应填报条目4项，已填报4项。已填报的条目均为“达到序时进度”。"),
        (
            {S.COMPLETED: 1, S.BEHIND: 2, S.NOT_APPLICABLE: 1},
            "已接收的季报应填报条目4项，已填报4项。其中，已完成1项，滞后2项，不涉及1项。"
            "不计不涉及的条目，已完成和达到序时进度的占33.3%。",
        ),
    ],
)
def test_how_the_work_stands(counts: dict[ProgressStatus, int], said: str) -> None:
    all_counts = {status.value: counts.get(status, 0) for status in S}
    line = unit(0, counts=all_counts, filled=sum(counts.values()))
    assert text.overall_words(document(line)) == said


def test_of_nothing_accepted_nothing_is_counted() -> None:
    assert text.overall_words(document(unit(0, U.WAITING))) == "目前没有已接收的季报，进展情况待接收后汇总。"
    headings = [p.text for p in text.paragraphs_of(document(unit(0, U.WAITING))) if p.heading]
    assert headings == ["一、季报报送情况", "二、总体进展情况", "三、下一步要求"]


def test_what_moved_is_said_only_where_it_can_be_compared() -> None:
    assert text.moved_words(behind(())) == "上季度没有可以比较的数据。"
    one = behind((0,))
    cells = tuple(replace(cell, previous=S.ON_SCHEDULE) for cell in one.rows[0].cells)
    moved = replace(one, rows=(replace(one.rows[0], cells=cells),))
    assert text.moved_words(moved) == ("两个季度都有填报、可以比较的条目4项。与上季度相比，新出现滞后1项。")
    same = replace(one, rows=(replace(one.rows[0], cells=cells[1:]),))
    assert text.moved_words(same) == (
        "两个季度都有填报、可以比较的条目3项。没有新完成、新出现滞后和连续滞后的条目。"
    )


def test_what_is_behind_most() -> None:
    assert text.behind_words(behind(())) == ["已接收的季报中没有滞后的条目。"]
    assert text.behind_words(behind((0,))) == ["滞后条目共1项，涉及工作措施1项、单位1个。"]
    assert text.behind_words(behind((0,), (1,))) == [
        "滞后条目共2项，涉及工作措施2项、单位2个。每项措施滞后的单位均为1个。"
    ]
    assert text.behind_words(behind((0,), (0, 2), ())) == [
        "滞后条目共3项，涉及工作措施2项、单位2个。",
        "滞后单位较多的措施：燃煤锅炉关停与改造（序号2），滞后单位2个（甲县、丙县）。",
        "滞后条目较多的单位：甲县2项。",
    ]


def test_overall_targets_are_no_measure() -> None:
    one = behind((0, 1), (0,))
    goals = replace(
        one, rows=(replace(one.rows[0], measure_key=GOALS, label="目标", title="总体目标"), one.rows[1])
    )
    assert text.behind_words(goals)[:2] == [
        "滞后条目共3项，涉及工作措施1项、方案总体目标、单位2个。",
        "滞后单位较多的措施：总体目标，滞后单位2个（甲县、乙县）。",
    ]


@pytest.mark.parametrize(
    ("units", "said"),
    [
        ((unit(0),), "各单位要继续抓好落实，按时报送下季度季报。"),
        ((unit(0, U.MISSING, 5),), "甲县要抓紧报送本季度季报。"),
        (
            (unit(0, U.MISSING, 5), unit(1, U.RETURNED, 2)),
            "一是甲县要抓紧报送本季度季报；二是乙县要按退回意见修改后重新报送；三是逾期报送的单位要严格执行报送时限。",
        ),
    ],
)
def test_requests_follow_from_the_data(units: tuple[UnitSummary, ...], said: str) -> None:
    assert text.request_words(document(*units)) == said


def test_requests_and_ranking_are_said_only_when_chosen() -> None:
    whole = bulletin()
    assert whole.bulletin is not None
    said = [p.text for p in text.paragraphs_of(whole)]
    assert "七、下一步要求" in said and said[-1] == "特此通报。"
    assert sum(score_text.ABOUT_SCORES in words for words in said) == 1
    bare = replace(whole, bulletin=Bulletin((BulletinPart.LETTER,)))
    headings = [p.text for p in text.paragraphs_of(bare) if p.heading]
    assert not any("评分" in words or "要求" in words for words in headings)


def test_the_ranking_names_the_best_and_says_what_it_is_not() -> None:
    names = {"a": "甲县", "b": "乙县", "c": "丙县"}
    full = score_text.ranking_words(ranking_of("abc", {"a": Conduct(), "b": Conduct()}), names)
    assert full == (
        "对已接收季报的2个单位评分，满分10分。得满分的单位：甲县、乙县。"
        "没有已接收季报的单位1个，不评分、不排名。评分只反映季报报送的质量，不反映空气质量和工作成效。"
    )
    best = score_text.ranking_words(
        ranking_of("ab", {"a": Conduct(late_days=1), "b": Conduct(late_days=2)}), names
    )
    assert "得分最高的单位：甲县，9.5分。" in best and "没有已接收" not in best
    assert score_text.ranking_words(ranking_of("a", {}), names) == "目前没有已接收的季报，本季度暂不评分。"


def test_kinds_that_are_ranked_apart_have_their_own_best() -> None:
    names = {"a": "甲县", "b": "乙县", "p": "丙园区"}
    conducts = {"a": Conduct(), "b": Conduct(late_days=2), "p": Conduct(late_days=2)}
    apart = ranking_of("abp", conducts, groups={"a": "county", "b": "county", "p": "park"})
    said = score_text.ranking_words(apart, names)
    assert "县（市、区）中，得满分的单位：甲县。开发区（园区）中，得分最高的单位：丙园区，9分。" in said


def test_every_deduction_has_its_words_and_its_points() -> None:
    conduct = Conduct(20, 1, 3, 2, 1, 1, 1)
    said = score_text.deduction_words(score_of("a", conduct, ScoringRules(signed_for=Decimal("0.2"))))
    assert said == (
        "逾期报送20天，扣4分；退回后逾期重新报送1天，该项已扣完；退回修改条目3项，扣0.3分；"
        "审核问题2处未说明，扣0.2分；未填完条目1项，扣0.1分；缺填报人、审核人或签发人1人，扣0.5分；由他人代签，扣0.2分"
    )
    assert score_text.deduction_words(score_of("a", Conduct())) == "没有扣分"


def test_the_rules_are_told_as_they_are() -> None:
    usual = score_text.rules_words(ScoringRules())
    assert usual.startswith("满分10分：及时4分，真实2分，完整2分，签章齐全2分。")
    assert "每逾期1天扣0.5分" in usual and "代签" not in usual and usual.endswith(score_text.ABOUT_SCORES)
    assert "由他人代签扣0.2分" in score_text.rules_words(ScoringRules(signed_for=Decimal("0.2")))


def test_the_addressee_follows_the_kinds_of_units() -> None:
    assert text.usual_addressee(document(unit(0))) == "各县（市、区）人民政府"
    both = document(unit(0), unit(1, kind="park"))
    assert text.usual_addressee(both) == "各县（市、区）人民政府，各开发区（园区）管理委员会"
    assert text.usual_addressee(document(unit(0, kind="company"))) == "各有关单位"
    assert text.usual_addressee(document()) == "各有关单位"
