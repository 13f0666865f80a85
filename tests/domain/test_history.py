"""The way back over a report: steps, runs of typing, and what undoing leaves alone."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.history import MOST_STEPS, Change, EditHistory, Step, place_of_change
from desktop.domain.report import Entry, Evidence, ProgressStatus, Reading

EMPTY = Entry("m-1")


def typed(history: EditHistory, *texts: str) -> None:
    """One save after the other, as pauses in typing make them."""
    entry = EMPTY
    for text in texts:
        history.note((Change(entry, Entry("m-1", progress=text)),))
        entry = Entry("m-1", progress=text)


def steps_back(history: EditHistory) -> list[Step]:
    found = []
    while history.undoes is not None:
        found.append(history.undoes)
        history.turned_back()
    return found


def test_a_run_of_typing_is_taken_back_clause_by_clause() -> None:
    history = EditHistory()
    typed(history, "拆除", "拆除7台。", "拆除7台。其余", "拆除7台。其余已签。")
    assert [step.changes[0].before.progress for step in steps_back(history)] == ["拆除7台。", ""]


def test_what_is_typed_elsewhere_or_after_a_move_is_a_step_of_its_own() -> None:
    history = EditHistory()
    typed(history, "拆除", "正拆除", "正拆除7台")
    assert len(steps_back(history)) == 3, "the second stands before the first, the third behind neither"
    history = EditHistory()
    history.note((Change(EMPTY, Entry("m-1", progress="甲")),))
    history.close()
    history.note((Change(Entry("m-1", progress="甲"), Entry("m-1", progress="甲乙")),))
    assert len(steps_back(history)) == 2


def test_deleting_and_another_field_are_steps_of_their_own() -> None:
    history = EditHistory()
    first, second = Entry("m-1", progress="甲乙"), Entry("m-1", progress="甲")
    third = Entry("m-1", progress="甲", problems="丙")
    for before, after in ((EMPTY, first), (first, second), (second, third)):
        history.note((Change(before, after),))
    assert len(steps_back(history)) == 3


def test_nothing_changed_is_no_step_and_something_new_ends_the_way_forth() -> None:
    history = EditHistory()
    history.note((Change(EMPTY, EMPTY),))
    figures = Reading("a", Decimal(1)), Reading("b", Decimal(2))
    history.note((Change(Entry("m-1", readings=figures), Entry("m-1", readings=figures[::-1])),))
    assert history.undoes is None
    history.note((Change(EMPTY, Entry("m-1", progress="甲")),))
    history.turned_back()
    assert history.redoes is not None
    history.note((Change(EMPTY, Entry("m-1", progress="乙")),))
    assert history.redoes is None


def test_the_oldest_steps_are_let_go() -> None:
    history = EditHistory()
    for number in range(MOST_STEPS + 7):
        before, after = (Entry("m-1", problems=str(n)) for n in (number, number + 1))
        history.note((Change(before, after),))
        history.close()
    assert len(steps_back(history)) == MOST_STEPS


def test_undoing_touches_only_what_the_step_changed() -> None:
    file = Evidence("d" * 64, "单.pdf", 3)
    before = Entry("m-1", readings=(Reading("a", Decimal(1)), Reading("b", Decimal(2))))
    after = Entry("m-1", ProgressStatus.BEHIND, readings=(Reading("a", Decimal(9)), Reading("b", Decimal(2))))
    now = Entry(
        "m-1", ProgressStatus.BEHIND, "别人写的", readings=(Reading("a", Decimal(9)), Reading("b", Decimal(5))),
        evidence=(file,),
    )  # fmt: skip
    back = Change(before, after).reversed.applied_to(now)
    assert back.status is None and back.reading("a") == 1
    assert (back.reading("b"), back.progress, back.evidence) == (Decimal(5), "别人写的", (file,))


def test_a_figure_that_was_put_in_goes_again() -> None:
    after = Entry("m-1", readings=(Reading("a", Decimal(1)),))
    assert Change(EMPTY, after).reversed.applied_to(after) == EMPTY
    assert Change(EMPTY, after).applied_to(EMPTY) == after


_TEXT = st.text("甲乙丙。", max_size=6)
_ENTRY = st.builds(
    Entry,
    measure_key=st.just("m-1"),
    status=st.sampled_from([None, *ProgressStatus]),
    progress=_TEXT,
    problems=_TEXT,
    readings=st.sampled_from(
        [(), (Reading("a", Decimal(1)),), (Reading("a", Decimal(2)), Reading("b", None))]
    ),
)


@given(st.lists(_ENTRY, max_size=12))
def test_all_the_way_back_and_forth_is_where_one_was(states: list[Entry]) -> None:
    history, entry = EditHistory(), EMPTY
    for state in states:
        history.note((Change(entry, state),))
        entry = state
    last = entry
    while (step := history.undoes) is not None:
        entry = step.reversed.changes[0].applied_to(entry)
        history.turned_back()
    assert entry == EMPTY
    while (step := history.redoes) is not None:
        entry = step.changes[0].applied_to(entry)
        history.turned_forth()
    assert not Change(entry, last).fields


@given(_TEXT, _TEXT)
def test_the_cursor_goes_to_the_end_of_what_changed(before: str, after: str) -> None:
    place = place_of_change(before, after)
    assert 0 <= place <= len(after) and before.endswith(after[place:])
