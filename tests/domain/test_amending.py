"""Two documents compared by their words: every key once, numbers mean nothing, splits and merges are seen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.domain.amending import compare, confirm, described, is_certain, is_open, pair, part
from desktop.domain.changes import ChangeKind, Match
from desktop.domain.errors import RefusedError
from desktop.domain.likeness import likeness
from desktop.domain.plan import Measure
from tests.domain.measures import PARKS, SENTENCES, TITLES, measure, plan_measures, rekeyed

K = ChangeKind
PLAN = plan_measures()

anything = st.builds(
    Measure,
    st.just(""),
    st.sampled_from(["1", "2", "目标", ""]),
    st.integers(1, 2),
    st.sampled_from(["", "一、"]),
    st.sampled_from(["", "甲", "推进治理", *TITLES[:3]]),
    st.lists(st.sampled_from([*SENTENCES[:6], "", "。", "3", "治理"]), max_size=3).map("".join),
)
documents = st.lists(anything, max_size=8)


def kinds(matches: Sequence[Match]) -> dict[str, int]:
    return dict(Counter(m.kind.value for m in matches if m.kind is not K.UNCHANGED))


def pairs(matches: Sequence[Match]) -> set[tuple[tuple[str, ...], tuple[str, ...]]]:
    return {(m.old, m.new) for m in matches}


@settings(max_examples=150, deadline=None)
@given(documents, documents)
def test_every_key_stands_in_exactly_one_match(one: list[Measure], other: list[Measure]) -> None:
    old, new = rekeyed(one, "o"), rekeyed(other)
    found = compare(old, new)
    assert sorted(k for m in found for k in m.old) == [m.key for m in old]
    assert sorted(k for m in found for k in m.new) == [m.key for m in new]
    assert all(min(len(m.old), len(m.new)) <= 1 and 0 <= m.likeness <= 100 for m in found)
    assert compare(old, new) == found


@settings(max_examples=100, deadline=None)
@given(documents)
def test_the_same_document_again_changes_nothing(one: list[Measure]) -> None:
    found = compare(rekeyed(one, "o"), rekeyed(one))
    assert {m.kind for m in found} <= {K.UNCHANGED}
    assert [m.old[0][2:] for m in found] == [m.new[0][2:] for m in found], (
        "of equal measures each keeps its place"
    )


@settings(max_examples=60, deadline=None)
@given(st.permutations(range(10)), st.permutations(range(10)), st.integers(0, 9), st.integers(0, 9))
def test_numbers_never_decide_who_is_who(
    order: list[int], numbers: list[int], reworded: int, dropped: int
) -> None:
    """The new document is in any order, under any numbers, with a measure reworded and one taken out."""
    changed = list(PLAN)
    changed[reworded] = replace(
        changed[reworded],
        title=changed[reworded].title + "工作",
        content=changed[reworded].content + "按月通报。",
    )
    new = [replace(changed[i], key=f"n-{i}", task_no=str(numbers[i] + 1)) for i in order if i != dropped]
    wanted = {((PLAN[i].key,), (f"n-{i}",)) for i in range(10) if i != dropped}
    assert pairs(compare(PLAN, new)) == wanted | {((PLAN[dropped].key,), ())}


@settings(max_examples=60, deadline=None)
@given(st.permutations(SENTENCES), st.integers(1, 3), st.integers(0, 4), st.booleans())
def test_splitting_own_text_is_recognised_and_merging_it_too(
    sentences: list[str], cut: int, which: int, titled: bool
) -> None:
    whole = [measure(f"o-{i}", i + 1, TITLES[i], sentences[4 * i : 4 * i + 4]) for i in range(5)]
    told = sentences[4 * which : 4 * which + 4]
    second = TITLES[9] if titled else whole[which].title
    parts = [
        replace(whole[which], key="first", content="".join(told[:cut])),
        replace(whole[which], key="second", part=2, title=second, content="".join(told[cut:])),
    ]
    divided = [*whole[:which], *parts, *whole[which + 1 :]]
    pieces = ("first", "second")
    (split,) = [m for m in compare(whole, divided) if m.kind is not K.UNCHANGED]
    assert (split.kind, split.old, split.new) == (K.SPLIT, (f"o-{which}",), pieces)
    (merged,) = [m for m in compare(divided, whole) if m.kind is not K.UNCHANGED]
    assert (merged.kind, merged.old, merged.new) == (K.MERGED, pieces, (f"o-{which}",))


def test_each_kind_in_one_document() -> None:
    m = PLAN
    new = rekeyed(
        [
            replace(m[1], task_no="1"),
            replace(m[0], task_no="2", title="淘汰燃煤锅炉", content=m[0].content.replace("十二台", "九台")),
            replace(m[2], duties=(*m[2].duties, PARKS)),
            replace(m[3], content=SENTENCES[6]),
            replace(m[3], part=2, title="工地验收", content=SENTENCES[7]),
            replace(m[4], title="推广新能源车辆并治理油烟", content=m[4].content + m[5].content),
            m[6],
            measure("x", 9, "清理河道垃圾", ["沿岸每百米设一名保洁员，水面漂浮物当日打捞上岸。"]),
            replace(m[8], deadline="2026年底"),
        ]
    )
    found = compare(m, new)
    assert kinds(found) == {
        "renumbered": 1, "reworded": 2, "reassigned": 1, "split": 1, "merged": 1, "new": 1, "dropped": 2,
    }  # fmt: skip
    assert {f.old for f in found if f.kind is K.DROPPED} == {("m-008",), ("m-010",)}
    assert [f.new for f in found if f.new] == sorted(f.new for f in found if f.new), (
        "in the new document's order"
    )
    assert found[-1].old == ("m-010",), "what is dropped stands where it stood"


def test_a_deadline_alone_is_a_rewording_that_needs_nobodys_word() -> None:
    match = described([PLAN[0]], [replace(PLAN[0], deadline="2026年底")])
    assert (match.kind, match.likeness) == (K.REWORDED, 99) and is_certain(match)


def test_what_needs_the_officers_word() -> None:
    doubtful = [K.DROPPED, K.SPLIT, K.MERGED, K.NEW]
    assert [k for k in K if is_open(Match(k, ("a",), ("b",), 100))] == doubtful
    assert is_open(Match(K.REWORDED, ("a",), ("b",), 60)) and not is_open(
        Match(K.REWORDED, ("a",), ("b",), 90)
    )
    assert not any(is_open(Match(k, ("a",), ("b",), 0, True)) for k in K)


def test_of_equal_texts_the_number_and_then_the_place_decides() -> None:
    old = [replace(PLAN[0], key=f"o-{n}", task_no=n) for n in "123"]
    new = [replace(PLAN[0], key=f"n-{n}", task_no=n) for n in "314"]
    assert pairs(compare(old, new)) == {(("o-3",), ("n-3",)), (("o-1",), ("n-1",)), (("o-2",), ("n-4",))}


def test_generic_phrases_make_no_pair() -> None:
    phrase = "各县区要提高认识，加强领导，明确责任，确保任务落到实处，年底前报送工作总结。"
    old = [replace(m, content=m.content + phrase) for m in PLAN[:5]]
    new = rekeyed([replace(m, content=m.content + phrase) for m in PLAN[5:]])
    assert kinds(compare(old, new)) == {"dropped": 5, "new": 5}


def test_confirming_says_it_of_one() -> None:
    found = compare(PLAN, rekeyed(PLAN[1:]))
    said = confirm(found, found[0])
    assert [m.confirmed for m in said] == [True] + [False] * 9 and not is_open(said[0])


def test_putting_together_by_hand_divides_the_rest_again() -> None:
    new = rekeyed(
        [*PLAN[:3], measure("x", 4, "整治工地", [SENTENCES[6]]), measure("y", 5, "验收工地", [SENTENCES[7]])]
    )
    found = compare(PLAN[:4], new)
    assert ((PLAN[3].key,), ("n-004", "n-005")) in pairs(found)
    by_hand = pair(found, ["m-004"], ["n-005"], PLAN[:4], new)
    assert {(m.old, m.new): (m.kind, m.confirmed) for m in by_hand[3:]} == {
        (("m-004",), ("n-005",)): (K.REWORDED, True),
        ((), ("n-004",)): (K.NEW, False),
    }
    joined = pair(by_hand, ["m-003", "m-004"], ["n-005"], PLAN[:4], new)
    assert {m.old: m.kind for m in joined if m.confirmed} == {("m-003", "m-004"): K.MERGED}
    assert sorted(k for m in joined for k in m.new) == [m.key for m in new]
    with pytest.raises(RefusedError, match="match_many_to_many"):
        pair(found, ["m-001", "m-002"], ["n-001", "n-002"], PLAN[:4], new)


def test_taking_apart_gives_dropped_and_new() -> None:
    new = rekeyed(PLAN[:2])
    found = compare(PLAN[:2], new)
    apart = part(found, found[1], PLAN[:2], new)
    assert pairs(apart) == {(("m-001",), ("n-001",)), (("m-002",), ()), ((), ("n-002",))}
    assert not any(is_open(m) for m in apart)


@given(st.text(max_size=30), st.text(max_size=30))
def test_likeness_is_even_handed(a: str, b: str) -> None:
    assert likeness(a, b) == likeness(b, a) and 0 <= likeness(a, b) <= 100
    assert likeness(a, a) in (0, 100)
