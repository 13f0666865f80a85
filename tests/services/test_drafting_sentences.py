"""A sentence that is lost inside a measure's own place in the document is asked about; names and repeats are not."""

from __future__ import annotations

from dataclasses import replace

from desktop.domain.plan import Duty, DutyRole, Measure, PlanDraft, SourceBlock
from desktop.services import drafting_gaps
from desktop.services.drafting_sentences import lost_sentences, put_back, with_lost

WHOLE = (
    "3.提升道路保洁水平。新增雾炮车五台。主城区道路每天冲洗两遍，遇沙尘加密到四遍。"
    "（市城管局牵头，市公安局、市交通运输局按职责分工负责）"
)


def read(text: str, content: str, *cells: str) -> PlanDraft:
    names = ((DutyRole.LEAD, "市城管局"), (DutyRole.SUPPORT, "市公安局"), (DutyRole.SUPPORT, "市交通运输局"))
    duties = tuple(Duty(role, name) for role, name in names)
    measure = Measure("m-001", "3", 1, "", "提升道路保洁水平", content, duties, source=(0, 0))
    return PlanDraft("方案", "某市", (measure,), source=(SourceBlock(0, text, cells),))


def lost(draft: PlanDraft) -> list[str]:
    return [text for _, _, text in lost_sentences(draft)]


def test_what_is_read_in_full_loses_nothing() -> None:
    whole = "新增雾炮车五台。主城区道路每天冲洗两遍，遇沙尘加密到四遍。"
    assert lost(read(WHOLE, whole)) == []


def test_a_lost_sentence_is_asked_about_with_its_place_and_can_be_put_back() -> None:
    draft = with_lost(read(WHOLE, "新增雾炮车五台。"))
    (problem,) = draft.problems
    sentence = "主城区道路每天冲洗两遍，遇沙尘加密到四遍。"
    assert (problem.code, problem.measure_key, problem.facts["words"]) == ("text_left_out", "m-001", sentence)
    assert drafting_gaps.words_of(draft, problem) == sentence
    taken = put_back(draft, "m-001", sentence, 0)
    assert taken.measures[0].content == "新增雾炮车五台。" + sentence
    assert lost(taken) == []


def test_a_sentence_goes_back_between_its_neighbours() -> None:
    first, second, third = "新增雾炮车五台。", "主城区道路每天冲洗两遍。", "遇沙尘加密到四遍。"
    draft = read(f"3.提升道路保洁水平。{first}{second}{third}", first + third)
    assert put_back(draft, "m-001", second, 0).measures[0].content == first + second + third
    assert (
        put_back(draft, "m-001", "别处的一句话。", 9).measures[0].content == first + third + "别处的一句话。"
    )


def test_lists_of_units_that_were_cut_are_no_sentences() -> None:
    text = "配合单位：市民政局、市住房城乡建设局、市城"
    assert lost(read(WHOLE + text, "新增雾炮车五台。主城区道路每天冲洗两遍，遇沙尘加密到四遍。")) == []


def test_a_cell_merged_downwards_is_asked_about_once() -> None:
    goal = "到2027年全部县城达到示范标准。"
    draft = read("\t".join(("3", goal)), "新增雾炮车五台。", "3", goal)
    second = replace(draft.measures[0], key="m-002", source=(1, 1))
    rows = (*draft.source, SourceBlock(1, f"4\t{goal}", ("4", goal)))
    assert lost(replace(draft, measures=(*draft.measures, second), source=rows)) == [goal]
