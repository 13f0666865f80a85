"""季报质量评分: every deduction is stated, nothing falls below zero, later never scores higher."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.codec import decode, encode
from desktop.domain.scoring import (
    Conduct,
    Deduction,
    Ranking,
    ScorePart,
    ScoringRules,
    ranking_of,
    score_of,
)

COUNTS = st.integers(0, 400)
CONDUCTS = st.builds(Conduct, COUNTS, COUNTS, COUNTS, COUNTS, COUNTS, st.integers(0, 3), st.integers(0, 1))
POINTS = st.decimals(0, 100, places=2)
RULES = st.builds(
    ScoringRules, POINTS.map(lambda value: value + 0 if value else Decimal(1)), POINTS, POINTS, POINTS, POINTS
)


def points(**facts: int) -> Decimal:
    score = score_of("a", Conduct(**facts))
    assert score.points is not None
    return score.points


def test_without_a_fault_all_ten_points_stand() -> None:
    score = score_of("a", Conduct())
    assert score.points == 10 and score.deductions == ()
    assert score.parts == {"timely": 4, "truthful": 2, "complete": 2, "signed": 2}


@pytest.mark.parametrize(
    ("fact", "count", "part", "taken"),
    [
        ("late_days", 3, ScorePart.TIMELY, "1.5"),
        ("late_again", 1, ScorePart.TIMELY, "0.5"),
        ("returned", 4, ScorePart.TRUTHFUL, "0.4"),
        ("findings", 2, ScorePart.TRUTHFUL, "0.2"),
        ("unfilled", 7, ScorePart.COMPLETE, "0.7"),
        ("names_missing", 1, ScorePart.SIGNED, "0.5"),
    ],
)
def test_each_fault_takes_its_points_and_is_stated(
    fact: str, count: int, part: ScorePart, taken: str
) -> None:
    score = score_of("a", Conduct(**{fact: count}))
    assert score.deductions == (Deduction(part, fact, count, Decimal(taken)),)
    assert score.points == 10 - Decimal(taken)


def test_a_part_is_used_up_but_the_fact_stays_stated() -> None:
    score = score_of("a", Conduct(late_days=7, late_again=9))
    assert score.points == 6 and score.parts is not None and score.parts["timely"] == 0
    assert [(d.code, d.count, d.points) for d in score.deductions] == [
        ("late_days", 7, Decimal("3.5")),
        ("late_again", 9, Decimal("0.5")),
    ]


def test_signing_for_another_costs_nothing_until_the_city_says_so() -> None:
    assert points(signed_for=1) == 10
    rules = ScoringRules(signed_for=Decimal("0.25"))
    assert score_of("a", Conduct(signed_for=1), rules).points == Decimal("9.75")


def test_the_city_s_own_weights_are_what_counts() -> None:
    rules = ScoringRules(Decimal(60), Decimal(20), Decimal(20), Decimal(0), Decimal(5), Decimal(1))
    score = score_of("a", Conduct(late_days=2, unfilled=3, names_missing=2), rules)
    assert rules.full == 100 and score.points == 87
    assert [(d.code, d.points) for d in score.deductions][-1] == ("names_missing", 0)


@pytest.mark.parametrize("value", ["-0.1", "100.01", "0.001", "NaN", "Infinity"])
def test_odd_weights_are_refused(value: str) -> None:
    with pytest.raises(ValueError, match="timely"):
        ScoringRules(timely=Decimal(value))


def test_something_must_weigh_something() -> None:
    nil = Decimal(0)
    with pytest.raises(ValueError, match="nothing"):
        ScoringRules(nil, nil, nil, nil)


def test_equal_scores_share_a_place_and_who_sent_nothing_has_none() -> None:
    conducts = {"a": Conduct(late_days=1), "b": Conduct(), "d": Conduct(returned=5), "e": Conduct(unfilled=8)}
    ranking = ranking_of(("a", "b", "c", "d", "e"), conducts)
    assert [(s.unit_code, s.rank, s.points) for s in ranking.scores] == [
        ("b", 1, Decimal(10)),
        ("a", 2, Decimal("9.5")),
        ("d", 2, Decimal("9.5")),
        ("e", 4, Decimal("9.2")),
        ("c", None, None),
    ]
    assert ranking.scores[-1].conduct is None and ranking.scores[-1].deductions == ()


def test_each_kind_has_its_own_places() -> None:
    conducts = {"a": Conduct(late_days=1), "b": Conduct(), "p": Conduct(late_days=2)}
    kinds = {"a": "county", "p": "park", "b": "county", "q": "park"}
    ranking = ranking_of(("a", "p", "b", "q"), conducts, groups=kinds)
    assert [(s.group, s.unit_code, s.rank) for s in ranking.scores] == [
        ("county", "b", 1),
        ("county", "a", 2),
        ("park", "p", 1),
        ("park", "q", None),
    ]


def test_nobody_sent_anything_and_nobody_is_there() -> None:
    assert [s.rank for s in ranking_of(("a", "b"), {}).scores] == [None, None]
    assert ranking_of((), {}).scores == ()


@given(CONDUCTS, RULES)
def test_a_score_stays_between_nothing_and_all_and_its_deductions_add_up(
    conduct: Conduct, rules: ScoringRules
) -> None:
    score = score_of("a", conduct, rules)
    assert score.points is not None and score.parts is not None
    assert 0 <= score.points <= rules.full
    assert all(0 <= score.parts[part.value] <= rules.weight(part) for part in ScorePart)
    assert score.points + sum(d.points for d in score.deductions) == rules.full
    assert {d.code for d in score.deductions} <= {name for name, n in vars(conduct).items() if n}


@given(CONDUCTS, RULES, st.sampled_from(sorted(vars(Conduct()))), st.integers(1, 30))
def test_more_of_any_fault_never_scores_higher(
    conduct: Conduct, rules: ScoringRules, fault: str, more: int
) -> None:
    worse = replace(conduct, **{fault: getattr(conduct, fault) + more})
    assert score_of("a", worse, rules).points <= score_of("a", conduct, rules).points  # type: ignore[operator]


@given(st.dictionaries(st.sampled_from("abcdefgh"), CONDUCTS), RULES)
def test_places_follow_the_points_and_survive_being_written(
    conducts: dict[str, Conduct], rules: ScoringRules
) -> None:
    ranking = ranking_of("abcdefgh", conducts, rules)
    assert {s.unit_code for s in ranking.scores} == set("abcdefgh")
    scored = [s for s in ranking.scores if s.rank is not None]
    for score in scored:
        better = sum(other.points > score.points for other in scored)  # type: ignore[operator]
        assert score.rank == better + 1
    assert decode(Ranking, encode(ranking)) == ranking
