"""What no measure holds: found, told apart from headings and front matter, and asked about once."""

from __future__ import annotations

from dataclasses import replace

from desktop.domain.plan import Measure, PlanDraft, SourceBlock
from desktop.services import drafting_gaps
from desktop.services.drafting_gaps import Standing


def document(*texts: str | tuple[str, ...]) -> tuple[SourceBlock, ...]:
    return tuple(
        SourceBlock(at, text) if isinstance(text, str) else SourceBlock(at, "\t".join(text), text)
        for at, text in enumerate(texts)
    )


def held(*places: tuple[int, int]) -> tuple[Measure, ...]:
    return tuple(
        Measure(f"m-{at:03d}", str(at), 1, "优化能源结构", f"第{at}件", "", source=place)
        for at, place in enumerate(places, 1)
    )


def prose() -> PlanDraft:
    source = document(
        "关于印发行动方案的通知",
        "各单位：现印发给你们。",
        "（一）优化能源结构",
        "1.第一件。",
        "有关数据另行通报，请各单位留意。",
        "仍是同一段没有收进去的话。",
        "- 3 -",
        "（二）严格控制扬尘",
        "2.第二件。",
        "另外几处工地的情况待补。",
    )
    return PlanDraft("方案", "某市", held((3, 3), (8, 8)), source=source)


def test_front_matter_headings_measures_and_the_rest_are_told_apart() -> None:
    states = list(drafting_gaps.standings(prose()).values())
    front, heading, taken, left = Standing
    assert states == [front, front, front, taken, left, left, heading, heading, taken, left]


def test_each_stretch_is_asked_about_once_and_an_answer_stays() -> None:
    asked = drafting_gaps.with_gaps(prose())
    first, second = asked.problems
    assert (first.facts["first"], first.facts["last"], first.facts["paragraphs"]) == ("4", "5", "2")
    assert second.facts["text"] == "另外几处工地的情况待补。"
    settled = replace(asked, problems=(replace(first, settled=True), second))
    assert drafting_gaps.with_gaps(settled) == settled


def test_heads_of_columns_may_repeat_but_other_tables_are_asked_about() -> None:
    source = document(
        ("编号", "任务", "牵头单位"),
        ("1", "第一件", "甲局"),
        ("编号", "任务", "牵头单位"),
        ("2", "第二件", "甲局"),
        ("工地", "面积"),
        ("北岸", "三公顷"),
        ("姓名", "电话"),
        ("王工", "3320118"),
    )
    draft = PlanDraft("清单", "某市", held((1, 1), (3, 3)), source=source)
    (gap,) = drafting_gaps.gaps(draft)
    assert (gap.first, gap.last, gap.text) == (4, 5, "工地\t面积\n北岸\t三公顷")


def test_what_closes_the_document_is_asked_about_only_where_it_is_long() -> None:
    closing = ("抄送：市委办公室。", "某市人民政府", "2025年3月1日", "这一段说了很多别的事情。" * 8)
    draft = PlanDraft("方案", "某市", held((0, 0)), source=document("1.第一件。", *closing))
    assert [gap.first for gap in drafting_gaps.gaps(draft)] == [4]


def test_a_long_text_is_quoted_by_its_beginning() -> None:
    draft = PlanDraft("方案", "某市", held((0, 0)), source=document("1.第一件。", "很长的话" * 30))
    (problem,) = drafting_gaps.with_gaps(draft).problems
    assert len(problem.facts["text"]) == 40 and problem.facts["text"].endswith("…")


def test_without_a_place_of_any_measure_nothing_is_called_left_out() -> None:
    draft = replace(prose(), measures=tuple(replace(m, source=()) for m in prose().measures))
    assert drafting_gaps.gaps(draft) == ()
    assert drafting_gaps.before(prose(), 5).key == "m-001"


def test_words_taken_in_across_another_measure_leave_its_place_alone() -> None:
    taken = drafting_gaps.take_in(prose(), "m-001", "另外几处工地的情况。", (9, 9))
    assert taken.measures[0].content == "另外几处工地的情况。"
    assert taken.measures[0].source == (3, 3)
