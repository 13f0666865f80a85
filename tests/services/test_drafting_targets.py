"""Figures by hand: added, put right, filled in, taken out, and the questions that go with them."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from desktop.domain.errors import RefusedError
from desktop.domain.plan import PlanDraft, PlanProblem, Severity
from desktop.domain.targets import Comparator, Target
from desktop.services import drafting_targets
from tests.journeys.offices import draft


def blanks() -> PlanDraft:
    """Two figures of one name left blank, each with its question."""
    made, asked = [], []
    for key, text in (("t-008", "一期达到（ ）%"), ("t-009", "二期达到（ ）%")):
        made.append(
            Target(key, "2", 1, "达标率", Comparator.AT_LEAST, None, "%", text=text, measure_key="m-002")
        )
        facts = {"indicator": "达标率", "text": text}
        asked.append(PlanProblem("blank_figure", Severity.ERROR, "2", 1, facts, measure_key="m-002"))
    return replace(draft(), targets=(*draft().targets, *made), problems=tuple(asked))


def settled(found: PlanDraft) -> list[bool]:
    return [p.settled for p in found.problems if p.code == "blank_figure"]


def test_of_two_blanks_of_one_name_the_one_asked_about_is_filled() -> None:
    found = drafting_targets.fill_blank(blanks(), blanks().problems[1], Decimal(90))
    assert [t.value for t in found.targets[-2:]] == [None, Decimal(90)]
    assert settled(found) == [False, True]


def test_a_blank_filled_in_its_own_editor_answers_its_question_only() -> None:
    target = blanks().targets[-2]
    found = drafting_targets.edit_target(blanks(), replace(target, value=Decimal(70), indicator="合格率"))
    assert settled(found) == [True, False]
    renamed = drafting_targets.edit_target(blanks(), replace(target, indicator="合格率"))
    assert [p.facts["indicator"] for p in renamed.problems] == ["合格率", "达标率"]


def test_a_target_that_is_none_takes_its_question_along() -> None:
    found = drafting_targets.remove_target(blanks(), "t-009")
    assert "t-009" not in {t.key for t in found.targets}
    assert settled(found) == [False, True]
    assert drafting_targets.remove_target(found, "t-009") == found


def test_a_target_by_hand_stands_behind_those_of_its_measure() -> None:
    base = draft()
    made = replace(
        drafting_targets.blank_target(base, "m-001"), indicator="户数", value=Decimal(5), unit="户"
    )
    found = drafting_targets.add_target(blanks(), replace(made, key="t-100"))
    assert [t.key for t in found.targets if t.measure_key == "m-001"][-1] == "t-100"
    assert (made.task_no, made.part, made.key) == ("1", 1, "t-002")
    overall = drafting_targets.blank_target(base, "")
    assert (overall.task_no, overall.measure_key) == ("目标", "")
    with pytest.raises(RefusedError, match="indicator_missing"):
        drafting_targets.add_target(base, overall)
    with pytest.raises(RefusedError, match="target_taken"):
        drafting_targets.add_target(base, replace(made, key="t-001"))
