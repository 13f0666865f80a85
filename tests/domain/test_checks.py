"""The rules of an entry: each finds what it is for, at its severity, and nothing that is well."""

from __future__ import annotations

from dataclasses import fields, replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.checks import (
    Around,
    Finding,
    check_entry,
    even_text,
    has_figure,
    missing_fields,
    same_words,
)
from desktop.domain.codec import canonical_bytes, parse_json
from desktop.domain.plan import Severity
from desktop.domain.report import Entry, Evidence, ProgressStatus, Reading
from desktop.domain.rules import SWITCHES, USUAL, RuleSet
from desktop.domain.schedule import Past, Standing
from desktop.domain.targets import Accumulation, Comparator, Target

S = ProgressStatus
TARGET = Target(
    "t", "1", 1, "关停锅炉", Comparator.AT_LEAST, Decimal(12), "台", accumulation=Accumulation.PLAN_TO_DATE
)
GOOD = Entry("m", S.ON_SCHEDULE, "本季度关停7台。", readings=(Reading("t", Decimal(7)),))
PROOF = Evidence("0" * 64, "现场.jpg", 10)

TEXTS = st.sampled_from(
    ["", " ", "已完成。", "本季度关停十二台锅炉。", "完成3台。", "本季度召开会议，推进工作。"]
)
FIGURES = st.none() | st.decimals(0, 100_000, places=2, allow_nan=False)
SEVERITIES = st.none() | st.sampled_from(list(Severity))
RULES = st.builds(
    RuleSet,
    **dict.fromkeys(SWITCHES, SEVERITIES),
    slip_factor=st.integers(2, 1000),
    least_length=st.integers(0, 20),
    evidence_completed=st.booleans(),
    evidence=st.sampled_from([(), ("m",)]),
)
ENTRIES = st.builds(
    Entry,
    st.just("m"),
    st.none() | st.sampled_from(list(S)),
    TEXTS,
    TEXTS,
    TEXTS,
    TEXTS,
    FIGURES.map(lambda value: (Reading("t", value),)),
    st.sampled_from([(), (PROOF,)]),
)
TARGETS = st.builds(
    lambda kind, comparator: replace(TARGET, accumulation=kind, comparator=comparator),
    st.sampled_from(list(Accumulation)),
    st.sampled_from(list(Comparator)),
)
STANDINGS = st.builds(
    lambda due, before: Standing(
        "t", due, last=Past("2024Q4", before, TARGET.accumulation, "台") if before is not None else None
    ),
    FIGURES,
    FIGURES,
)
AROUND = st.builds(
    lambda previous, standing, others: Around(previous, {"t": standing}, others),
    st.none() | ENTRIES,
    STANDINGS,
    st.sampled_from([(), ("4",)]),
)


def found(entry: Entry, around: Around | None = None, rules: RuleSet = USUAL) -> dict[str, Finding]:
    return {finding.code: finding for finding in check_entry(entry, (TARGET,), around, rules)}


def after(value: Any, **previous: Any) -> Around:
    """A last comparable figure, and an entry that had it."""
    last = Past("2024Q4", Decimal(value), TARGET.accumulation, "台")
    return Around(replace(GOOD, progress="上一季的话，有9台。", **previous), {"t": Standing("t", last=last)})


def test_a_good_entry_has_no_findings() -> None:
    assert not found(GOOD) and not found(GOOD, after(7)) and not found(Entry("m"))


def test_completed_is_held_against_the_target_and_an_unmet_target_alone_is_nothing() -> None:
    assert set(found(replace(GOOD, status=S.COMPLETED))) == {"completed_not_reached"}
    assert not found(GOOD)


def test_on_schedule_is_held_against_what_is_due_by_now() -> None:
    due = Around(standings={"t": Standing("t", Decimal(9))})
    assert found(GOOD, due)["short_of_schedule"].facts["due"] == "9台"
    assert not found(GOOD, Around(standings={"t": Standing("t", Decimal(7))}))
    behind = replace(GOOD, status=S.BEHIND, problems="设备没到", next_steps="下月补上")
    assert not found(behind, due)


def test_behind_says_why_and_what_next() -> None:
    assert set(found(replace(GOOD, status=S.BEHIND))) == {
        "behind_without_problems", "behind_without_next_steps",
    }  # fmt: skip


def test_a_cumulative_figure_that_fell_wants_an_explanation_and_shows_it_when_it_is_there() -> None:
    fell = found(GOOD, after(9))["cumulative_fell"]
    assert fell.wants_explanation and fell.hinders and fell.facts["quarter"] == "2024Q4"
    said = found(replace(GOOD, explanation="上季把在建的算进去了"), after(9))["cumulative_fell"]
    assert said.explained and not said.hinders
    level = replace(TARGET, accumulation=Accumulation.POINT_IN_TIME)
    assert check_entry(GOOD, (level,), after(9)) == ()


def test_a_slip_of_the_unit_is_noticed_in_both_directions_by_the_factor_of_the_rules() -> None:
    assert set(found(GOOD, after("0.07"))) == {"hundredfold"}
    assert "hundredth" in found(GOOD, after(700)) and "hundredth" not in found(GOOD, after(699))
    assert set(found(GOOD, after("0.5"), replace(USUAL, slip_factor=10))) == {"hundredfold"}


def test_copied_words_words_without_a_figure_and_words_that_say_nothing() -> None:
    same = Around(replace(GOOD, progress="本季度\n关停7台。 "), others=("4", "9-2"))
    assert set(found(GOOD, same)) == {"same_as_last_quarter", "same_as_other"}
    assert found(GOOD, same)["same_as_other"].facts["others"] == "4、9-2"
    assert set(found(replace(GOOD, progress="已经开过会了。"))) == {"no_figure"}
    assert set(found(replace(GOOD, progress="7台。"))) == {"too_short"}
    done = replace(GOOD, status=S.COMPLETED, readings=(Reading("t", Decimal(12)),))
    assert not found(done, Around(done))


def test_evidence_is_asked_for_where_the_plan_wants_it() -> None:
    wanted = replace(USUAL, evidence=("m",))
    assert found(GOOD, rules=wanted)["evidence_missing"].field == "evidence"
    assert not found(replace(GOOD, evidence=(PROOF,)), rules=wanted)
    assert not found(replace(GOOD, status=S.NOT_STARTED), rules=wanted)
    completed = replace(GOOD, status=S.COMPLETED, readings=(Reading("t", Decimal(12)),))
    assert set(found(completed, rules=replace(USUAL, evidence_completed=True))) == {"evidence_missing"}


def test_completed_that_is_taken_back_and_not_applicable_without_a_reason() -> None:
    assert set(found(GOOD, after(7, status=S.COMPLETED))) == {"back_from_completed"}
    assert set(found(Entry("m", S.NOT_APPLICABLE))) == {"explanation_missing"}
    assert not found(Entry("m", S.NOT_APPLICABLE, explanation="没有锅炉"))


@given(ENTRIES, TARGETS, AROUND, RULES)
def test_errors_come_first_and_what_is_missing_is_always_an_error(
    entry: Entry, target: Target, around: Around, rules: RuleSet
) -> None:
    findings = check_entry(entry, (target,), around, rules)
    order = [list(Severity).index(f.severity) for f in findings]
    assert order == sorted(order)
    missing = {f.code for f in findings if f.severity is Severity.ERROR and f.code.endswith("_missing")}
    for name in missing_fields(entry, (target,)) if not entry.empty else ():
        assert f"{name.partition(':')[0]}_missing" in missing


@given(ENTRIES, TARGETS, AROUND, RULES)
def test_switching_a_rule_off_takes_away_just_its_own_findings(
    entry: Entry, target: Target, around: Around, rules: RuleSet
) -> None:
    codes = {"unit_slip": {"hundredfold", "hundredth"}}
    every = check_entry(entry, (target,), around, rules)
    for name in SWITCHES:
        own = codes.get(name, {name})
        left = check_entry(entry, (target,), around, replace(rules, **{name: None}))
        assert left == tuple(f for f in every if f.code not in own)
        assert all(f.severity is getattr(rules, name) for f in every if f.code in own)


@given(ENTRIES, TARGETS, AROUND, RULES)
def test_an_explanation_answers_every_warning_and_nothing_else(
    entry: Entry, target: Target, around: Around, rules: RuleSet
) -> None:
    said = replace(entry, explanation="已核对，数字无误。")
    findings = check_entry(said, (target,), around, rules)
    assert not any(f.wants_explanation for f in findings)
    assert all(f.hinders is (f.severity is Severity.ERROR) for f in findings)
    silent = check_entry(replace(entry, explanation=" "), (target,), around, rules)
    assert all(f.explained is False for f in silent)


@given(ENTRIES, TARGETS, AROUND, RULES)
def test_checking_is_the_same_every_time_and_speaks_only_of_the_entry_at_hand(
    entry: Entry, target: Target, around: Around, rules: RuleSet
) -> None:
    findings = check_entry(entry, (target,), around, rules)
    assert findings == check_entry(entry, (target,), around, rules)
    known = {field.name for field in fields(Entry)} | {"reading"}
    assert all(f.measure_key == "m" and f.field in known and f.target in ("", "t") for f in findings)


@given(RULES)
def test_rules_travel_as_canonical_json(rules: RuleSet) -> None:
    assert parse_json(canonical_bytes(rules), RuleSet) == rules


@pytest.mark.parametrize(
    "damage",
    [
        (b'"slip_factor":100', b'"slip_factor":1'),
        (b'"slip_factor":100', b'"slip_factor":"100"'),
        (b'"least_length":5', b'"least_length":-1'),
        (b'"begins":""', b'"begins":"2025"'),
        (b'"no_figure":"hint"', b'"no_figure":"fatal"'),
        (b'"begins":""', b'"begins":"","more":1'),
    ],
)
def test_rules_that_no_rule_can_work_by_are_refused(damage: tuple[bytes, bytes]) -> None:
    assert damage[0] in canonical_bytes(USUAL)
    with pytest.raises(ValueError):
        parse_json(canonical_bytes(USUAL).replace(*damage), RuleSet)


def test_a_rule_set_written_before_a_rule_was_known_has_that_rule_as_usual() -> None:
    assert parse_json(b'{"least_length":9}', RuleSet) == replace(USUAL, least_length=9)


@pytest.mark.parametrize(
    ("text", "has"),
    [
        ("关停7台", True), ("关停７台", True), ("关停十二台", True), ("完成百分之八十", True), ("巡查两次", True),
        ("进一步统一思想", False), ("一是加强领导，二是压实责任", False), ("", False), ("第三季度开展了检查", False),
    ],
)  # fmt: skip
def test_quantities_in_words(text: str, has: bool) -> None:
    assert has_figure(text) is has


@given(
    st.dictionaries(st.text("abc", min_size=1, max_size=3), st.sampled_from(["", " ", "甲 乙", "甲乙", "丙"]))
)
def test_same_words_names_each_key_that_shares_its_text(texts: dict[str, str]) -> None:
    same = same_words(texts)
    for text in texts.values():
        shared = [other for other in texts if even_text(texts[other]) == even_text(text)]
        assert same.get(even_text(text), ()) == (tuple(shared) if even_text(text) and len(shared) > 1 else ())
