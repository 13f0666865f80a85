"""From version to version: keys stay with their measures, figures with their targets, and nothing is named twice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.domain.amending import compare
from desktop.domain.changes import ChangeKind, Match, PlanChange
from desktop.domain.codec import canonical_bytes, parse_json
from desktop.domain.plan import Duty, DutyRole, Measure, Plan, PlanDraft
from desktop.domain.succession import amended, changed_in_place, changes_for, formers_of
from desktop.domain.targets import Audience, Comparator, Milestone, Target
from tests.domain.measures import COUNTIES, LEAD, SENTENCES, TITLES, plan_measures, rekeyed

K = ChangeKind
M = plan_measures()
COUNTY, PARK = "900001", "900000-P1"


def plan_of(measures: Sequence[Measure], targets: Sequence[Target] = ()) -> Plan:
    return Plan("p", 1, "云河市蓝天行动方案", "900000", "云河市", tuple(measures), tuple(targets))


def next_version(
    plan: Plan,
    measures: Sequence[Measure],
    targets: Sequence[Target] = (),
    matches: tuple[Match, ...] | None = None,
) -> Plan:
    draft = PlanDraft(plan.title, "云河市", tuple(measures), tuple(targets), amends=plan.id)
    return amended(plan, replace(draft, matches=matches or compare(plan.measures, measures)))


def figure(
    key: str, measure_key: str, indicator: str, value: int | None = 12, unit: str = "台", **more: Any
) -> Target:
    made = Target(
        key,
        "1",
        1,
        indicator,
        Comparator.EQUAL,
        None if value is None else Decimal(value),
        unit,
        measure_key=measure_key,
    )
    return replace(made, **more)


def told(changes: Sequence[PlanChange]) -> dict[str, tuple[tuple[str, ...], tuple[str, ...]]]:
    return {c.kind.value: (c.old, c.new) for c in changes}


def halves(of: Measure, keys: tuple[str, str] = ("a", "b")) -> list[Measure]:
    at = SENTENCES.index(next(s for s in SENTENCES if of.content.startswith(s)))
    first, second = SENTENCES[at : at + 2]
    return [
        replace(of, key=keys[0], content=first),
        replace(of, key=keys[1], part=2, title="另一半", content=second),
    ]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.permutations(range(10)).map(lambda p: p[:7]), min_size=1, max_size=5))
def test_no_key_ever_means_another_measure(choices: list[list[int]]) -> None:
    """Through any versions, each with its own seven of ten measures: a key always has the same words."""
    plan, ever = plan_of(M[:7]), {m.key: m.title for m in M[:7]}
    for chosen in choices:
        before = plan
        plan = next_version(plan, rekeyed([M[i] for i in chosen]))
        keys = [m.key for m in plan.measures]
        assert len(set(keys)) == 7 and plan.version == before.version + 1
        assert all(ever.setdefault(m.key, m.title) == m.title for m in plan.measures)
        stay = {m.title for m in before.measures} & {m.title for m in plan.measures}
        assert {m.key for m in plan.measures if m.title in stay} <= {m.key for m in before.measures}
        assert parse_json(canonical_bytes(plan), Plan) == plan


def test_a_split_keeps_its_key_in_the_most_alike_piece_and_a_merge_the_most_alike_measure() -> None:
    plan = plan_of(M[:4])
    two = next_version(
        plan, [*halves(M[0]), *rekeyed([M[1], replace(M[2], content=M[2].content + M[3].content)])]
    )
    assert [m.key for m in two.measures] == ["m-001", "m2-001", "m-002", "m-003"]
    assert {kind: keys for kind, keys in told(two.changes).items() if kind != "renumbered"} == {
        "split": (("m-001",), ("m-001", "m2-001")),
        "merged": (("m-003", "m-004"), ("m-003",)),
    }
    merged = next(c for c in two.changes if c.kind is K.MERGED)
    assert merged.old_labels == ("3", "4") and merged.old_titles == (TITLES[2], TITLES[3])


def test_a_new_measure_never_takes_a_key_that_was_used() -> None:
    plan = plan_of([M[0], replace(M[1], key="m2-001")])
    made = next_version(plan, rekeyed([M[0], M[2], M[3]]))
    assert [m.key for m in made.measures] == ["m-001", "m2-002", "m2-003"]


def test_nothing_changed_says_nothing() -> None:
    plan = plan_of(M, [figure("t-001", "m-001", "拆除小锅炉")])
    again = next_version(plan, rekeyed(M), [figure("x-9", "n-001", "拆除小锅炉")])
    assert (again.measures, again.targets, again.changes) == (plan.measures, plan.targets, ())


def test_targets_keep_their_key_by_what_they_measure() -> None:
    plan = plan_of(
        M[:2],
        [
            figure("t-001", "m-001", "拆除小锅炉", 12),
            figure("t-002", "m-001", "PM2.5浓度", 35, "微克/立方米", scope="东川县", unit_codes=(COUNTY,)),
            figure("t-003", "m-001", "PM2.5浓度", 33, "微克/立方米", scope="北塬园区", unit_codes=(PARK,)),
            figure("t-004", "m-002", "处置量", 5, "吨"),
            figure("t-005", "m-002", "机扫率", 80, "%", deadline="2025年"),
            figure("t-006", "m-002", "机扫率", 90, "%", deadline="2027年"),
            figure("t-007", "", "优良天数比例", 85, "%"),
        ],
    )
    new = rekeyed(M[:2])
    made = next_version(
        plan,
        new,
        [
            figure("a", "n-001", "PM2.5浓度", 32, "微克/立方米", scope="北塬园区", unit_codes=(PARK,)),
            figure("b", "n-001", "燃煤小锅炉拆除", 15),
            figure("c", "n-002", "处置量", 5, "万吨"),
            figure("d", "n-002", "机扫率", 92, "%", deadline="2027年"),
            figure("e", "n-002", "机扫率", 85, "%", deadline="2026年"),
            figure("f", "", "优良天数比例", 86, "%"),
        ],
    )
    assert [t.key for t in made.targets] == ["t-003", "t-001", "t2-001", "t-006", "t-005", "t-007"]
    assert [t.measure_key for t in made.targets] == ["m-001"] * 2 + ["m-002"] * 3 + [""]
    assert told(made.changes)["retargeted"] == (("m-002",), ("m-002",)) and len(made.changes) == 2


def test_a_figure_goes_with_its_sentence_to_another_measure() -> None:
    clause = "拆除十二台小锅炉"
    plan = plan_of(M[:2], [figure("t-001", "m-001", "拆除小锅炉", text=clause)])
    for matches in (None, tuple(Match(K.REWORDED, (f"m-00{i}",), (f"n-00{i}",)) for i in (1, 2))):
        made = next_version(plan, rekeyed(M[:2]), [figure("z", "n-002", "拆除小锅炉", text=clause)], matches)
        assert [(t.key, t.measure_key) for t in made.targets] == [("t-001", "m-002")]


def test_what_an_officer_put_right_stays_until_the_document_says_otherwise() -> None:
    clause = "机扫率达到百分之几"
    by_hand = figure(
        "t-001", "m-001", "主干道机扫率", 85, "%", text=clause, by_hand=True, audience=Audience.NAMED
    )
    added = figure("t-002", "m-001", "洗扫车", 4, "辆", by_hand=True)
    overall = figure("t-003", "", "优良天数", 300, "天", by_hand=True)
    plan = plan_of(M[:2], [by_hand, added, overall])
    read = figure("x", "n-001", "机扫率", None, "%", text=clause)
    kept = next_version(plan, rekeyed(M[:2]), [read])
    assert kept.targets == (by_hand, added, overall) and kept.changes == ()
    other = next_version(plan, rekeyed(M[:2]), [replace(read, text="机扫率达到80%", value=Decimal(80))])
    assert [(t.key, t.value) for t in other.targets[:1]] == [("t-001", Decimal(80))]
    blank = next_version(plan, rekeyed(M[:2]), [replace(read, text="机扫率提高到**%")])
    assert [(t.key, t.value, t.by_hand) for t in blank.targets[:1]] == [("t-001", Decimal(85), True)]
    reworded = next_version(plan, rekeyed([replace(M[0], content=M[0].content + "另行通知。"), M[1]]), [read])
    assert [t.key for t in reworded.targets] == ["t-001", "t-003"], (
        "what was added by hand belongs to the old words"
    )


def test_what_the_city_set_on_the_way_to_a_figure_outlives_other_words_around_the_same_figure() -> None:
    steps = (Milestone("2025Q2", Decimal(40)),)
    before = figure("t-001", "m-001", "机扫率", 85, "%", text="机扫率达到85%", by_hand=True, milestones=steps)
    plan = plan_of(M[:2], [before])
    read = figure("x", "n-001", "机扫率", 85, "%", text="主次干道机扫率达到85%")
    same = next_version(plan, rekeyed(M[:2]), [read])
    assert [(t.text, t.milestones) for t in same.targets] == [(read.text, steps)]
    higher = next_version(plan, rekeyed(M[:2]), [replace(read, value=Decimal(90))])
    assert [(t.value, t.milestones) for t in higher.targets] == [(90, ())]


def test_whether_figures_may_be_added_outlives_another_figure() -> None:
    before = figure("t-001", "m-001", "机扫率", 85, "%", text="机扫率达到85%", by_hand=True, addable=True)
    read = figure("x", "n-001", "机扫率", 90, "%", text="主次干道机扫率达到90%")
    made = next_version(plan_of(M[:2], [before]), rekeyed(M[:2]), [read])
    assert [(t.value, t.addable, t.by_hand) for t in made.targets] == [(90, True, True)]


def test_an_officers_assignment_stays_where_the_document_names_whom_it_named() -> None:
    park = Duty(DutyRole.IMPLEMENT, "北塬工业园区", (PARK,))
    plan = plan_of([M[0].with_duties((LEAD, park)), M[1]])
    kept = next_version(plan, rekeyed([replace(M[0], content=M[0].content + "每月通报。"), M[1]]))
    assert kept.measures[0].implementers == (PARK,) and kept.measures[0].read_implementers == ("各县区政府",)
    assert next_version(kept, rekeyed(M[:2])).measures[0].implementers == (PARK,), (
        "over further versions, too"
    )
    changed = next_version(
        plan, rekeyed([replace(M[0], duties=(LEAD, Duty(DutyRole.IMPLEMENT, "各街道", ("s",)))), M[1]])
    )
    assert changed.measures[0].implementers == ("s",) and told(changed.changes) == {
        "reassigned": (("m-001",), ("m-001",))
    }
    by_hand = replace(M[0].with_duties((LEAD, COUNTIES, park)), key="n-001")
    assert next_version(plan, [by_hand, *rekeyed(M[1:2], "k")]).measures[0].implementers == (COUNTY, PARK)


def test_versions_made_by_hand_tell_what_they_change() -> None:
    plan = plan_of(M[:2], [figure("t-001", "m-002", "机扫率", None, "%")])
    target = replace(plan.targets[0], value=Decimal(85))
    filled = changed_in_place(plan, replace(plan, version=2, targets=(target,)))
    assert told(filled.changes) == {"retargeted": (("m-002",), ("m-002",))}
    hand = M[0].with_duties((LEAD,))
    back = changed_in_place(filled, replace(filled, version=3, measures=(hand, M[1])))
    again = changed_in_place(back, replace(back, version=4, measures=(M[0], M[1])))
    assert [(c.version, c.kind) for c in again.changes] == [
        (2, K.RETARGETED),
        (3, K.REASSIGNED),
        (4, K.REASSIGNED),
    ]


def test_who_skipped_a_version_finds_what_its_measures_became() -> None:
    """Version 2 splits 1 and drops 2; version 3 merges the second half of 1 into 3."""
    one = plan_of(M[:4])
    first, second = halves(M[0])
    two = next_version(one, [first, second, *rekeyed(M[2:4])])
    half = two.measures[1].key
    three = next_version(two, rekeyed([first, replace(M[2], content=M[2].content + second.content), M[3]]))
    assert [m.key for m in three.measures] == ["m-001", "m-003", "m-004"]
    assert [(f.key, f.kind, f.version) for f in formers_of(three, "m-003")] == [
        (half, K.MERGED, 3),
        ("m-001", K.SPLIT, 2),
    ]
    since_one = told(changes_for(three, one, COUNTY))
    assert since_one["dropped"] == (("m-002",), ())
    assert since_one["split"] == (("m-001",), ("m-001", "m-003"))
    assert since_one["merged"] == (("m-001", "m-003"), ("m-003",))
    since_two = told(changes_for(three, two, COUNTY))
    assert since_two.keys() - {"renumbered"} == {"merged"}
    assert changes_for(three, three, COUNTY) == () and changes_for(three, one, "900009") == ()


def test_a_later_merge_into_a_measure_is_no_ancestor_of_what_was_split_off_before() -> None:
    one = plan_of([M[0], replace(M[1], content=SENTENCES[3])])
    two = next_version(one, [*halves(M[0]), *rekeyed(one.measures[1:])])
    first, second, other = two.measures
    three = next_version(two, rekeyed([replace(first, content=first.content + other.content), second]))
    assert three.measures[0].key == first.key == "m-001"
    assert {f.key for f in formers_of(three, second.key)} == {"m-001"}
    assert {f.key for f in formers_of(three, first.key)} == {"m-002"}


def test_for_a_unit_new_and_dropped_mean_its_own() -> None:
    park = Duty(DutyRole.IMPLEMENT, "各园区管委会", (PARK,))
    one = plan_of(M[:3])
    two = changed_in_place(
        one,
        replace(
            one,
            version=2,
            measures=(M[0].with_duties((LEAD, park)), M[1].with_duties((LEAD, COUNTIES, park)), M[2]),
        ),
    )
    assert told(changes_for(two, one, COUNTY)) == {"dropped": (("m-001",), ())}, (
        "another unit more is no change"
    )
    assert [(c.kind, c.new) for c in changes_for(two, one, PARK)] == [
        (K.NEW, ("m-001",)),
        (K.NEW, ("m-002",)),
    ]


def test_a_plan_without_changes_has_the_bytes_that_it_had_before_there_were_any() -> None:
    plan = plan_of(M[:1], [figure("t-001", "m-001", "拆除")])
    for field in (b"changes", b"read_implementers", b"by_hand"):
        assert field not in canonical_bytes(plan)
