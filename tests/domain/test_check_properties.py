"""What holds for every entry under every rule set: checking never surprises, never contradicts itself, never compares what cannot be."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from hypothesis import assume, given
from hypothesis import strategies as st

from desktop.domain.checks import Around, Finding, check_entry, even_text, is_filled, missing_fields
from desktop.domain.plan import Severity
from desktop.domain.quarter import Quarter
from desktop.domain.report import Entry, Evidence, ProgressStatus, Reading
from desktop.domain.rules import SWITCHES, RuleSet
from desktop.domain.schedule import Past, Span, Standing, comparable, short_of, standing_of
from desktop.domain.targets import Accumulation, Comparator, Milestone, Target, reached

ORDER = list(Severity)
SLIPS = {"hundredfold", "hundredth"}
YEAR = Accumulation.YEAR_TO_DATE
CAPS = (Comparator.AT_MOST, Comparator.LESS_THAN)

TEXTS = st.sampled_from(
    ["", " ", "\u3000\n", "已完成。", "本季度关停十二台锅炉。", "完成3台。", "会议"]
) | st.text(max_size=12)
# Every figure that a person may type: negative, naught, with many places, far too large.
FIGURES = st.decimals(-1_000_000, 10**12, allow_nan=False, allow_infinity=False, places=3) | st.sampled_from(
    [Decimal(0), Decimal("1E+9"), Decimal("0.001"), Decimal(-5)]
)
SEVERITIES = st.none() | st.sampled_from(ORDER)
KINDS, COMPARATORS = st.sampled_from(list(Accumulation)), st.sampled_from(list(Comparator))
QUARTERS = st.builds(Quarter, st.integers(2023, 2027), st.integers(1, 4))
STATUSES = st.none() | st.sampled_from(list(ProgressStatus))
RULES = st.builds(
    RuleSet,
    **dict.fromkeys(SWITCHES, SEVERITIES),
    slip_factor=st.integers(2, 1000),
    least_length=st.integers(0, 30),
    evidence_completed=st.booleans(),
    evidence=st.sampled_from([(), ("m",), ("other",)]),
)
KEYS = ("t1", "t2", "t3")


def targets_of(keys: tuple[str, ...]) -> st.SearchStrategy[tuple[Target, ...]]:
    one = [
        st.builds(
            Target,
            st.just(key), st.just("1"), st.just(1), st.just(f"指标{key}"), COMPARATORS, st.none() | FIGURES,
            st.sampled_from(["台", "万吨", ""]), accumulation=KINDS,
        )
        for key in keys
    ]  # fmt: skip
    return st.tuples(*one)


TARGETS = st.sets(st.sampled_from(KEYS)).flatmap(lambda keys: targets_of(tuple(sorted(keys))))
READINGS = st.lists(
    st.builds(Reading, st.sampled_from((*KEYS, "gone")), st.none() | FIGURES, TEXTS),
    max_size=4,
    unique_by=lambda r: r.target_key,
).map(tuple)
ENTRIES = st.builds(
    Entry, st.just("m"), STATUSES, TEXTS, TEXTS, TEXTS, TEXTS, READINGS,
    st.sampled_from([(), (Evidence("0" * 64, "现场.jpg", 10),)]),
)  # fmt: skip
PASTS = st.builds(
    lambda q, v, k, u: Past(str(q), v, k, u), QUARTERS, FIGURES, KINDS, st.sampled_from(["台", "万吨", ""])
)
STANDINGS: st.SearchStrategy[Mapping[str, Standing]] = st.dictionaries(
    st.sampled_from(KEYS),
    st.builds(lambda due, last: Standing("", due, last=last), st.none() | FIGURES, st.none() | PASTS),
)
AROUND = st.builds(Around, st.none() | ENTRIES, STANDINGS, st.sampled_from([(), ("4",), ("4", "9-2")]))


def kinds(findings: tuple[Finding, ...]) -> set[tuple[str, str, str]]:
    """What the findings say, without how severe it is and whether it is answered."""
    return {(f.code, f.field, f.target) for f in findings}


@given(ENTRIES, TARGETS, AROUND, RULES)
def test_no_entry_is_too_odd_to_be_checked(
    entry: Entry, targets: tuple[Target, ...], around: Around, rules: RuleSet
) -> None:
    findings = check_entry(entry, targets, around, rules)
    places = [ORDER.index(f.severity) for f in findings]
    assert places == sorted(places)
    assert len(kinds(findings)) == len(findings)
    known = {t.key for t in targets}
    for finding in findings:
        assert finding.measure_key == "m" and (finding.target in known if finding.target else True)
        assert finding.explained == (finding.severity is Severity.WARNING and bool(entry.explanation.strip()))
        assert all(isinstance(value, str) for value in finding.facts.values())


@given(TARGETS, AROUND, RULES)
def test_an_empty_entry_has_no_findings(targets: tuple[Target, ...], around: Around, rules: RuleSet) -> None:
    assert check_entry(Entry("m"), targets, around, rules) == ()


@given(ENTRIES, TARGETS, AROUND, RULES, st.text(min_size=1, max_size=9).filter(str.strip))
def test_an_explanation_adds_nothing_and_settles_just_the_warnings(
    entry: Entry, targets: tuple[Target, ...], around: Around, rules: RuleSet, words: str
) -> None:
    silent = check_entry(replace(entry, explanation=""), targets, around, rules)
    said = check_entry(replace(entry, explanation=words), targets, around, rules)
    # An entry without a word in it is not begun, and has nothing to answer for yet.
    assume(not replace(entry, explanation="").empty)
    wanted = {("explanation_missing", "explanation", "")}
    assert kinds(said) == kinds(silent) - wanted
    assert {f.hinders for f in said if f.severity is Severity.WARNING} <= {False}
    assert all(f.hinders for f in said if f.severity is Severity.ERROR)
    assert all(f.explained is False for f in silent)


@given(ENTRIES, TARGETS, AROUND, RULES, st.sampled_from(SWITCHES), st.sampled_from(ORDER))
def test_how_severe_a_rule_is_changes_only_how_severe_its_findings_are(
    entry: Entry, targets: tuple[Target, ...], around: Around, rules: RuleSet, name: str, severity: Severity
) -> None:
    before = check_entry(entry, targets, around, rules)
    after = check_entry(entry, targets, around, replace(rules, **{name: severity}))
    own = SLIPS if name == "unit_slip" else {name}
    others = {(f.code, f.target, f.severity) for f in before if f.code not in own}
    assert others == {(f.code, f.target, f.severity) for f in after if f.code not in own}
    if getattr(rules, name) is not None:
        assert kinds(after) == kinds(before)
    assert all(f.severity is severity for f in after if f.code in own)


@given(ENTRIES, TARGETS, AROUND, RULES, st.sampled_from(SWITCHES))
def test_a_rule_that_is_off_takes_just_its_own_findings_along(
    entry: Entry, targets: tuple[Target, ...], around: Around, rules: RuleSet, name: str
) -> None:
    own = SLIPS if name == "unit_slip" else {name}
    assume(name != "evidence_missing" or rules.evidence_missing is not None)
    before = check_entry(entry, targets, around, rules)
    after = check_entry(entry, targets, around, replace(rules, **{name: None}))
    assert after == tuple(f for f in before if f.code not in own)


@given(ENTRIES, TARGETS, AROUND, RULES)
def test_filled_is_just_what_has_nothing_missing(
    entry: Entry, targets: tuple[Target, ...], around: Around, rules: RuleSet
) -> None:
    asked = {"status_missing", "progress_missing", "explanation_missing", "reading_missing"}
    missing = [f for f in check_entry(entry, targets, around, rules) if f.code in asked]
    if entry.empty:
        assert not missing and is_filled(entry, targets) is False
    else:
        assert is_filled(entry, targets) == (not missing)
        assert len(missing) == len(missing_fields(entry, targets))
    assert all(f.severity is Severity.ERROR for f in missing)
    assert not is_filled(None, targets)


@given(ENTRIES, TARGETS, AROUND, RULES, st.randoms())
def test_the_order_of_targets_and_readings_does_not_matter(
    entry: Entry, targets: tuple[Target, ...], around: Around, rules: RuleSet, chance: object
) -> None:
    others, readings = list(targets), list(entry.readings)
    chance.shuffle(others)  # type: ignore[attr-defined]
    chance.shuffle(readings)  # type: ignore[attr-defined]
    turned = check_entry(replace(entry, readings=tuple(readings)), tuple(others), around, rules)
    assert kinds(turned) == kinds(check_entry(entry, targets, around, rules))


@given(ENTRIES, TARGETS, AROUND, RULES)
def test_figures_of_targets_that_are_not_asked_for_say_nothing(
    entry: Entry, targets: tuple[Target, ...], around: Around, rules: RuleSet
) -> None:
    asked = {t.key for t in targets}
    own = replace(entry, readings=tuple(r for r in entry.readings if r.target_key in asked))
    assume(not own.empty)
    assert check_entry(entry, targets, around, rules) == check_entry(own, targets, around, rules)


@given(ENTRIES, TARGETS, AROUND, RULES, st.text(" \t\n\u3000\u00a0", max_size=3))
def test_white_space_makes_no_text_another(
    entry: Entry, targets: tuple[Target, ...], around: Around, rules: RuleSet, blank: str
) -> None:
    spaced = replace(entry, progress=blank + blank.join(entry.progress) + blank)
    assume(not entry.empty and even_text(entry.progress) == even_text(spaced.progress))
    # A figure in words (十二 台) may be torn by it; of copied and of short words it says nothing else.
    codes = {"same_as_last_quarter", "same_as_other", "too_short", "progress_missing"}
    same = {f for f in kinds(check_entry(entry, targets, around, rules)) if f[0] in codes}
    assert {f for f in kinds(check_entry(spaced, targets, around, rules)) if f[0] in codes} == same


POSITIVE = st.decimals("0.001", 10**9, places=3, allow_nan=False)


@given(POSITIVE, POSITIVE, st.integers(2, 1000), STATUSES, KINDS)
def test_a_slip_of_the_unit_is_seen_from_either_side(
    now: Decimal, before: Decimal, factor: int, status: ProgressStatus | None, kind: Accumulation
) -> None:
    def slips(value: Decimal, last: Decimal) -> set[str]:
        target = Target("t", "1", 1, "指标", Comparator.AT_LEAST, None, "台", accumulation=kind)
        entry = Entry("m", status, "写了一些字，有3台。", readings=(Reading("t", value),))
        around = Around(None, {"t": Standing("t", last=Past("2024Q4", last, kind, "台"))})
        found = check_entry(entry, (target,), around, RuleSet(slip_factor=factor))
        return {f.code for f in found} & SLIPS

    there, back = slips(now, before), slips(before, now)
    assert len(there) <= 1
    assert {"hundredfold": {"hundredth"}, "hundredth": {"hundredfold"}}.get("".join(there), set()) == back
    if status is not ProgressStatus.NOT_APPLICABLE:
        assert bool(there) == (max(now, before) >= min(now, before) * factor)


@given(ENTRIES, TARGETS, AROUND, RULES)
def test_what_does_not_concern_the_unit_is_held_against_no_figure(
    entry: Entry, targets: tuple[Target, ...], around: Around, rules: RuleSet
) -> None:
    quiet = replace(entry, status=ProgressStatus.NOT_APPLICABLE)
    assert not [
        f
        for f in check_entry(quiet, targets, around, rules)
        if f.field in ("reading", "progress", "evidence")
    ]


# 序时应达, and which figures may be compared


MILESTONES = st.lists(
    st.builds(lambda q, v: Milestone(str(q), v), QUARTERS, FIGURES), max_size=4, unique_by=lambda m: m.quarter
).map(tuple)
SCHEDULED = st.builds(
    lambda kind, comparator, value, milestones, deadline: Target(
        "t", "1", 1, "指标", comparator, value, "台", deadline, accumulation=kind, milestones=milestones
    ),
    KINDS, COMPARATORS, st.none() | FIGURES, MILESTONES, st.sampled_from(["", "2025年底", "2026年6月", "上半年", "长期"]),
)  # fmt: skip
SPANS = st.builds(Span, st.none() | QUARTERS, st.none() | QUARTERS)


@given(SCHEDULED, QUARTERS, st.lists(PASTS, max_size=12), SPANS, st.booleans())
def test_only_figures_of_the_same_kind_unit_and_period_are_compared(
    target: Target, quarter: Quarter, past: list[Past], span: Span, proportional: bool
) -> None:
    standing = standing_of(target, quarter, past, span, proportional)
    assert standing.trend == comparable(target, quarter, past)
    assert [each.quarter for each in standing.trend] == sorted({each.quarter for each in standing.trend})
    assert standing.last is None or standing.last in standing.trend
    for each in standing.trend:
        assert each in past and each.quarter < str(quarter)
        assert (each.accumulation, each.unit) == (target.accumulation, "台")
        if target.accumulation is YEAR:
            assert Quarter.parse(each.quarter).year == quarter.year


@given(SCHEDULED, st.integers(2023, 2027), st.lists(PASTS, max_size=12), SPANS)
def test_in_a_years_first_quarter_a_figure_of_the_year_has_nothing_before_it(
    target: Target, year: int, past: list[Past], span: Span
) -> None:
    yearly = replace(target, accumulation=YEAR)
    standing = standing_of(yearly, Quarter(year, 1), past, span)
    assert standing.last is None and standing.trend == ()


@given(SCHEDULED, QUARTERS, st.lists(PASTS, max_size=6), SPANS)
def test_the_order_in_which_figures_come_does_not_matter(
    target: Target, quarter: Quarter, past: list[Past], span: Span
) -> None:
    known = list({each.quarter: each for each in past}.values())
    assert standing_of(target, quarter, known, span) == standing_of(target, quarter, known[::-1], span)


@given(SCHEDULED, QUARTERS, SPANS, FIGURES, STATUSES, RULES)
def test_only_what_falls_short_of_what_is_due_by_now_is_called_behind(
    target: Target,
    quarter: Quarter,
    span: Span,
    value: Decimal,
    status: ProgressStatus | None,
    rules: RuleSet,
) -> None:
    """An unmet target of the year's end is not behind: 7 of 12 by the end of March is ahead."""
    rules = replace(rules, short_of_schedule=Severity.WARNING)
    standing = standing_of(target, quarter, (), span)
    entry = Entry("m", status, "写了一些字，有3台。", readings=(Reading("t", value),))
    codes = {f.code for f in check_entry(entry, (target,), Around(None, {"t": standing}), rules)}
    behind = short_of(target, value, standing.due) is True
    assert ("short_of_schedule" in codes) == (status is ProgressStatus.ON_SCHEDULE and behind)
    if standing.due is None:
        assert not behind
    elif target.comparator not in CAPS and value >= standing.due:
        assert not behind and "short_of_schedule" not in codes
    if status is not ProgressStatus.COMPLETED:
        assert "completed_not_reached" not in codes


@given(SCHEDULED, QUARTERS, SPANS)
def test_what_is_due_in_proportion_grows_with_time_and_never_beyond_the_target(
    target: Target, quarter: Quarter, span: Span
) -> None:
    bare = replace(target, milestones=())
    due = standing_of(bare, quarter, (), span).due
    if due is None:
        return
    assert (
        bare.value is not None and 0 <= due <= bare.value and not standing_of(bare, quarter, (), span).by_city
    )
    assert bare.accumulation in (YEAR, Accumulation.PLAN_TO_DATE) and bare.comparator not in CAPS
    later = Quarter(quarter.year, quarter.number + 1) if quarter.number < 4 else None
    after = standing_of(bare, later, (), span).due if later else None
    assert after is None or after >= due
    assert standing_of(bare, quarter, (), span, proportional=False).due is None


@given(SCHEDULED, FIGURES)
def test_a_target_that_is_reached_is_not_short_of_itself(target: Target, value: Decimal) -> None:
    if reached(target, value) and target.comparator is not Comparator.ABOUT:
        assert not short_of(target, value, target.value)
