"""Splitting, joining, moving and numbering: keys stay unique, no word is lost, targets stay with their measure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.domain.errors import RefusedError
from desktop.domain.plan import Duty, DutyRole, Measure, PlanDraft, PlanProblem, Severity, SourceBlock
from desktop.domain.targets import Comparator, Target
from desktop.services import drafting_gaps, drafting_structure, drafting_targets
from desktop.services.drafting_structure import bare, measure_of

LEAD, SUPPORT = Duty(DutyRole.LEAD, "甲局", ("A",)), Duty(DutyRole.SUPPORT, "乙局", ("B",))


def plan() -> PlanDraft:
    """Three tasks, of which the second has two parts and two paragraphs in the first of them."""
    texts = (
        ("1", "清洁取暖", "改造五千户。", (LEAD,)),
        ("2", "治理扬尘", "工地全部围挡。\n道路机扫率达到百分之八十。", (LEAD, SUPPORT)),
        ("2", "治理秸秆", "秸秆不得露天焚烧。", (SUPPORT,)),
        ("3", "加强执法", "", ()),
    )
    measures = tuple(
        Measure(f"m-{at:03d}", no, 1, "一节", title, content, duties, source=(at + 1, at + 1))
        for at, (no, title, content, duties) in enumerate(texts, 1)
    )
    source = [SourceBlock(0, "方案"), SourceBlock(1, "说明")]
    source += [SourceBlock(at + 2, f"{m.title}。{m.content}") for at, m in enumerate(measures)]
    swept = Target(
        "t-001", "2", 1, "机扫率", Comparator.AT_LEAST, Decimal(80), "%", text="道路机扫率达到百分之八十",
        measure_key="m-002",
    )  # fmt: skip
    overall = Target("t-002", "目标", 1, "PM2.5", Comparator.AT_MOST, None, "微克/立方米")
    doubts = (
        PlanProblem(
            "content_cut_off", Severity.WARNING, "2", 1, {"tail": "百分之八十。"}, measure_key="m-002"
        ),
        PlanProblem("no_implementer", Severity.WARNING, "2", 1, {"title": "治理扬尘"}, measure_key="m-002"),
    )
    made = PlanDraft("方案", "某市", measures, (swept, overall), doubts, tuple(source))
    return drafting_structure.with_measures(made, measures)


def places(draft: PlanDraft) -> list[tuple[str, str, int]]:
    return [(m.key, m.task_no, m.part) for m in draft.measures]


def test_parts_count_from_one_within_a_task() -> None:
    assert places(plan()) == [("m-001", "1", 1), ("m-002", "2", 1), ("m-003", "2", 2), ("m-004", "3", 1)]


def test_a_split_gives_the_second_half_its_title_duties_and_what_is_about_its_words() -> None:
    content = plan().measures[1].content
    made = drafting_structure.split_measure(plan(), "m-002", content.index("道路"), "提高机扫率")
    first, second = made.measures[1:3]
    assert (first.content, second.content) == ("工地全部围挡。", "道路机扫率达到百分之八十。")
    assert (second.key, second.title, second.part, second.duties) == ("m-005", "提高机扫率", 2, first.duties)
    assert places(made)[3] == ("m-003", "2", 3)
    assert (made.targets[0].measure_key, made.targets[0].part) == ("m-005", 2)
    about = {(p.code, p.measure_key, p.part) for p in made.problems}
    assert about == {
        ("content_cut_off", "m-005", 2),
        ("no_implementer", "m-002", 1),
        ("no_implementer", "m-005", 2),
    }


@pytest.mark.parametrize(("at", "title"), [(0, ""), (99, "后半"), (7, "  ")])
def test_a_split_that_leaves_nothing_is_refused(at: int, title: str) -> None:
    with pytest.raises(RefusedError, match="split_leaves_nothing"):
        drafting_structure.split_measure(plan(), "m-002", at, title)


def test_a_split_over_several_blocks_gives_each_half_its_own() -> None:
    base = plan()
    source = (
        *base.source[:3],
        SourceBlock(3, "治理扬尘。工地全部围挡。"),
        SourceBlock(4, "道路机扫率达到百分之八十。"),
    )
    wide = replace(base, source=source).with_measure(replace(base.measures[1], source=(3, 4)))
    made = drafting_structure.split_by_paragraph(wide, "m-002")
    assert [m.source for m in made.measures[1:3]] == [(3, 3), (4, 4)]
    assert made.measures[2].title == "道路机扫率达到百分之八十"


def test_each_paragraph_becomes_a_measure_and_one_alone_is_refused() -> None:
    three = plan().with_measure(replace(plan().measures[0], content="甲事。\n1.乙事，要做好。\n（二）丙事。"))
    made = drafting_structure.split_by_paragraph(three, "m-001")
    assert [(m.title, m.content) for m in made.measures[:3]] == [
        ("清洁取暖", "甲事。"),
        ("乙事", "1.乙事，要做好。"),
        ("丙事", "（二）丙事。"),
    ]
    with pytest.raises(RefusedError, match="split_leaves_nothing"):
        drafting_structure.split_by_paragraph(made, "m-001")


def test_neighbours_become_one_with_all_words_duties_and_targets() -> None:
    made = drafting_structure.merge_measures(plan(), ["m-003", "m-002", "m-001"])
    whole = made.measures[0]
    assert (whole.key, whole.task_no, whole.title, whole.source) == ("m-001", "1", "清洁取暖", (2, 4))
    assert whole.content == (
        "改造五千户。\n治理扬尘。工地全部围挡。\n道路机扫率达到百分之八十。\n治理秸秆。秸秆不得露天焚烧。"
    )
    assert whole.duties == (LEAD, SUPPORT)
    assert (made.targets[0].measure_key, made.targets[0].task_no) == ("m-001", "1")
    assert {p.measure_key for p in made.problems} == {"m-001"}
    assert [m.key for m in made.measures] == ["m-001", "m-004"]


def test_a_split_taken_back_by_joining_says_everything_once() -> None:
    split = drafting_structure.split_by_paragraph(plan(), "m-002")
    whole = drafting_structure.merge_measures(split, ["m-002", split.measures[2].key])
    assert whole.measures == plan().measures
    assert whole.targets == plan().targets
    assert len(whole.problems) == len(plan().problems)


def test_measures_that_are_apart_are_not_joined() -> None:
    for keys in (["m-001", "m-003"], ["m-001"], []):
        with pytest.raises(RefusedError, match="measures_not_neighbours"):
            drafting_structure.merge_measures(plan(), keys)


def test_moving_counts_parts_anew_and_targets_follow() -> None:
    moved = drafting_structure.move_measure(plan(), "m-003", "m-002")
    assert places(moved)[1:3] == [("m-003", "2", 1), ("m-002", "2", 2)]
    assert moved.targets[0].part == 2 and moved.problems[0].part == 2
    last = drafting_structure.move_measure(plan(), "m-001")
    assert [m.key for m in last.measures] == ["m-002", "m-003", "m-004", "m-001"]
    assert drafting_structure.step_measure(last, "m-001", -9).measures == plan().measures
    assert drafting_structure.step_measure(plan(), "m-004", 1) == plan()


def test_a_number_by_hand_takes_targets_along_and_a_part_moves_the_measure() -> None:
    made = drafting_structure.renumber(plan(), "m-002", "保障-一")
    assert places(made)[1:3] == [("m-002", "保障-一", 1), ("m-003", "2", 1)]
    assert (made.targets[0].task_no, made.targets[0].part) == ("保障-一", 1)
    later = drafting_structure.renumber(plan(), "m-002", "2", 2)
    assert places(later)[1:3] == [("m-003", "2", 1), ("m-002", "2", 2)]
    first = drafting_structure.renumber(plan(), "m-004", "2", 1)
    assert [key for key, no, part in places(first) if no == "2"] == ["m-004", "m-002", "m-003"]
    with pytest.raises(RefusedError, match="number_missing"):
        drafting_structure.renumber(plan(), "m-001", " ")


def test_a_measure_by_hand_stands_where_it_was_wanted() -> None:
    blank = Measure("", "1", 1, "", "新的一条", "内容。")
    made = drafting_structure.add_measure(plan(), blank, "m-001")
    assert places(made)[:2] == [("m-001", "1", 1), ("m-005", "1", 2)]
    assert drafting_structure.add_measure(plan(), blank).measures[0].title == "新的一条"
    for wrong, code in ((replace(blank, task_no=""), "number"), (replace(blank, title=""), "title")):
        with pytest.raises(RefusedError, match=f"{code}_missing"):
            drafting_structure.add_measure(plan(), wrong, "m-001")


def test_what_was_taken_out_is_text_of_the_document_again() -> None:
    made = drafting_gaps.release_measure(plan(), "m-003")
    (gap,) = [p for p in made.problems if p.code == "text_left_out"]
    assert gap.facts["text"] == "治理秸秆。秸秆不得露天焚烧。" and not gap.settled
    taken = drafting_gaps.take_in(made, "m-002", drafting_gaps.text_of(made, 4, 4), (4, 4))
    assert measure_of(taken, "m-002").content.endswith("秸秆不得露天焚烧。")
    assert measure_of(taken, "m-002").source == (3, 4)
    assert [p.settled for p in taken.problems if p.code == "text_left_out"] == [True]


# Any sequence of edits

Edit = Callable[[PlanDraft, int, int], PlanDraft]


def _key(draft: PlanDraft, number: int) -> str:
    return draft.measures[number % len(draft.measures)].key


def _split(draft: PlanDraft, one: int, two: int) -> PlanDraft:
    content = measure_of(draft, _key(draft, one)).content
    return drafting_structure.split_measure(draft, _key(draft, one), two % (len(content) + 1), f"新题{two}")


def _merge(draft: PlanDraft, one: int, two: int) -> PlanDraft:
    keys = [m.key for m in draft.measures]
    return drafting_structure.merge_measures(draft, keys[one % len(keys) :][: two % 3 + 2])


def _take(draft: PlanDraft, one: int, two: int) -> PlanDraft:
    found = drafting_gaps.gaps(draft)
    if not found:
        return draft
    gap = found[two % len(found)]
    return drafting_gaps.take_in(draft, _key(draft, one), gap.text, (gap.first, gap.last))


EDITS: tuple[Edit, ...] = (
    _split,
    _merge,
    _take,
    lambda d, a, b: drafting_structure.split_by_paragraph(d, _key(d, a)),
    lambda d, a, b: drafting_structure.move_measure(d, _key(d, a), _key(d, b)),
    lambda d, a, b: drafting_structure.step_measure(d, _key(d, a), b % 5 - 2),
    lambda d, a, b: drafting_structure.renumber(d, _key(d, a), str(b % 4 + 1), b % 3),
    lambda d, a, b: drafting_structure.add_measure(d, Measure("", str(b), 1, "", f"添{b}", ""), _key(d, a)),
    lambda d, a, b: drafting_gaps.release_measure(d, _key(d, a)) if len(d.measures) > 1 else d,
    lambda d, a, b: drafting_targets.add_target(
        d, replace(drafting_targets.blank_target(d, _key(d, a)), indicator=f"指标{b}", unit="%")
    ),
)


def words(draft: PlanDraft) -> str:
    """Everything that the draft holds, and what it says was left out."""
    held = "".join(m.title + m.content for m in draft.measures)
    asked = [p for p in draft.problems if p.code == drafting_gaps.CODE and not p.settled]
    left = "".join(gap.text for gap in drafting_gaps.gaps(draft))
    return bare(held + left + "".join(p.facts.get("words", "") for p in asked))


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from(range(len(EDITS))), st.integers(0, 40), st.integers(0, 40)), max_size=14
    )
)
def test_no_sequence_of_edits_breaks_a_draft(steps: list[tuple[int, int, int]]) -> None:
    draft, sentences = plan(), [bare(b.text) for b in plan().source[2:]]
    for which, one, two in steps:
        targets = len(draft.targets)
        try:
            draft = EDITS[which](draft, one, two)
        except RefusedError:
            continue
        keys = [m.key for m in draft.measures]
        assert len(keys) == len(set(keys)), "keys are unique"
        assert len({t.key for t in draft.targets}) == len(draft.targets)
        numbers: dict[str, int] = {}
        for measure in draft.measures:
            numbers[measure.task_no] = numbers.get(measure.task_no, 0) + 1
            assert measure.part == numbers[measure.task_no], "parts count from 1"
        homes = {m.key: (m.task_no, m.part) for m in draft.measures}
        for target in draft.targets:
            home = homes.get(target.measure_key, ("目标", 1))
            assert (target.task_no, target.part) == home and target.measure_key in {*homes, ""}
        assert {p.measure_key for p in draft.problems} <= {*homes, ""}
        assert EDITS[which] is EDITS[8] or len(draft.targets) >= targets
    said = words(draft)
    # A split cuts within a sentence, so what is asked for is every sign of it, not the sentence in one piece.
    for sentence in sentences:
        assert all(said.count(sign) >= sentence.count(sign) for sign in set(sentence) - set("。"))
