"""A bureau's workbook from hand to hand: what is new is taken, what contradicts is asked about, nothing is lost in silence."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from desktop.domain.delegation import Bureau
from desktop.domain.errors import CancelledError, RefusedError, UnreadableError
from desktop.domain.quarter import QuarterCalendar
from desktop.domain.report import Entry, ProgressStatus, Reading, Report
from desktop.domain.workbook import Place
from desktop.services import circulating, delegating, filling, gathering, reviewing
from desktop.services.gathering import WorkbookPreview
from desktop.services.weighing import Choice, FieldPreview, FieldState, shown
from tests.intake.filled import Hand, through_office
from tests.journeys.offices import Offices

STATUS, PROGRESS, STEPS = (Place("m-001", name) for name in ("status", "progress", "next_steps"))
READING = Place("m-001", "reading", "t-001")


@pytest.fixture
def report(offices: Offices) -> Report:
    """A draft with something in it, whose measures a bureau does."""
    store, now = offices.county, offices.now
    report = offices.draft_report()
    delegating.set_bureau(store, Bureau("县住建局", "马某", "1"), "test", now)
    delegating.delegate(store, offices.plan.id, ["m-001", "m-002"], "县住建局", "test", now)
    entry = Entry("m-001", None, "拆除5台。", readings=(Reading("t-001", Decimal(5)),))
    filling.save_entry(store, report.id, entry, "test", now)
    return report


def hand_out(offices: Offices, report: Report, folder: Path) -> Path:
    folder.mkdir(exist_ok=True)
    (book,) = circulating.for_bureaus(
        offices.county, report.id, ["县住建局"], folder, "李敏", offices.now, date(2025, 4, 8)
    )
    return book.file.path


def filled(path: Path) -> Hand:
    return Hand(path.read_bytes())


def look(offices: Offices, report: Report, path: Path) -> WorkbookPreview:
    return gathering.preview(offices.county, report.id, path)


def by_place(seen: WorkbookPreview) -> dict[Place, FieldPreview]:
    return {field.place: field for field in seen.fields}


def entry_of(offices: Offices, report: Report, key: str = "m-001") -> Entry:
    return offices.county.reports.entry(report.id, key) or Entry(key)


def take(offices: Offices, seen: WorkbookPreview, **choices: Choice) -> gathering.Gathered:
    named = {"status": STATUS, "progress": PROGRESS, "next_steps": STEPS, "reading": READING}
    chosen = {named[name]: choice for name, choice in choices.items()}
    return gathering.take_in(offices.county, seen.report_id, seen, chosen, "李敏", offices.now)


def test_handing_out_is_recorded_and_writes_no_entry(
    offices: Offices, report: Report, tmp_path: Path
) -> None:
    before = offices.county.reports.entries(report.id)
    path = hand_out(offices, report, tmp_path / "out")
    (told,) = circulating.handed_out(offices.county, report.id)
    assert (told.bureau, told.actor, told.measures, told.file) == ("县住建局", "李敏", 2, path.name)
    assert path.name.startswith("县住建局2025年第一季度填报表") and path.suffix == ".xlsx"
    assert offices.county.reports.entries(report.id) == before


def test_what_came_back_stands_beside_what_was_handed_out(
    offices: Offices, report: Report, tmp_path: Path
) -> None:
    hand = filled(hand_out(offices, report, tmp_path / "out"))
    (told,) = circulating.handed_out(offices.county, report.id)
    assert told.reply_by == date(2025, 4, 8) and circulating.came_back(offices.county, report.id) == ()
    hand.cell("progress").value = "拆除9台。"
    hand.cell("progress", 1).value = "=1+1"
    seen = look(offices, report, hand.save(tmp_path / "回.xlsx"))
    take(offices, seen)
    (back,) = circulating.came_back(offices.county, report.id)
    assert back == circulating.CameBack(told.workbook_id, "县住建局", offices.now, "李敏", "回.xlsx", 1, 0, 1)


def test_a_stopped_handing_out_leaves_no_file(offices: Offices, report: Report, tmp_path: Path) -> None:
    def stopped(step: str, done: int, total: int) -> None:
        if done:
            raise CancelledError

    with pytest.raises(CancelledError):
        circulating.for_bureaus(
            offices.county, report.id, ["县住建局"], tmp_path, "李敏", offices.now, None, stopped
        )
    assert not list(tmp_path.glob("*.xlsx")) and circulating.handed_out(offices.county, report.id) == ()


def test_a_filled_workbook_is_seen_then_taken(offices: Offices, report: Report, tmp_path: Path) -> None:
    hand = filled(hand_out(offices, report, tmp_path / "out"))
    hand.cell("status").value = "达到序时进度"
    hand.cell("progress").value = "拆除9台。"
    hand.reading().value = "9台"
    hand.cell("progress", 1).value = "=1+1"
    records = len(offices.county.audit.records())
    seen = look(offices, report, hand.save(tmp_path / "回.xlsx"))
    states = {
        place: field.state for place, field in by_place(seen).items() if field.state is not FieldState.SAME
    }
    assert states == {
        STATUS: FieldState.NEW,
        PROGRESS: FieldState.CHANGED,
        READING: FieldState.CHANGED,
        Place("m-002", "progress"): FieldState.REFUSED,
    }
    assert (seen.known, seen.bureau, seen.handed_out_at, seen.taken_before) == (
        True,
        "县住建局",
        offices.now,
        None,
    )
    assert entry_of(offices, report).progress == "拆除5台。"
    assert len(offices.county.audit.records()) == records
    reading = by_place(seen)[READING]
    assert (shown(reading, reading.ours), shown(reading, reading.theirs)) == ("5台", "9台")
    done = take(offices, seen)
    assert done.taken == {STATUS: "on_schedule", PROGRESS: "拆除9台。", READING: "9"}
    assert entry_of(offices, report) == Entry(
        "m-001", ProgressStatus.ON_SCHEDULE, "拆除9台。", readings=(Reading("t-001", Decimal(9)),)
    )
    assert [f.reason for f in done.refused] == ["cell_formula"] and [r.filled for r in done.rows] == [True]
    record = offices.county.audit.records(subject=report.id)[0]
    assert (record.action, record.actor, record.rows) == ("workbook_taken_in", "李敏", seen.digest)
    assert (record.facts["taken"], record.facts["refused"], record.facts["bureau"]) == ("3", "1", "县住建局")
    changes = offices.county.audit.records(subject=f"{report.id}/m-001")[0].facts
    assert (changes["progress_from"], changes["progress_to"]) == ("拆除5台。", "拆除9台。")


def test_the_same_workbook_twice_takes_nothing_twice(
    offices: Offices, report: Report, tmp_path: Path
) -> None:
    hand = filled(hand_out(offices, report, tmp_path / "out"))
    hand.cell("progress").value = "拆除9台。"
    path = hand.save(tmp_path / "回.xlsx")
    take(offices, look(offices, report, path))
    again = look(offices, report, path)
    assert again.taken_before == offices.now
    assert {field.state for field in again.fields} == {FieldState.SAME}
    assert take(offices, again).taken == {}


def _both_changed(offices: Offices, report: Report, tmp_path: Path) -> WorkbookPreview:
    hand = filled(hand_out(offices, report, tmp_path / "out"))
    hand.cell("progress").value = "住建局：拆除9台。"
    hand.reading().value = 9
    ours = replace(
        entry_of(offices, report),
        progress="我们：拆除6台。",
        next_steps="加快。",
        readings=(Reading("t-001", Decimal(6)),),
    )
    filling.save_entry(offices.county, report.id, ours, "test", offices.now)
    return look(offices, report, hand.save(tmp_path / "回.xlsx"))


def test_two_edits_of_one_field_are_shown_side_by_side(
    offices: Offices, report: Report, tmp_path: Path
) -> None:
    seen = _both_changed(offices, report, tmp_path)
    progress, reading = by_place(seen)[PROGRESS], by_place(seen)[READING]
    assert (progress.state, progress.ours, progress.theirs) == (
        FieldState.CONFLICT, "我们：拆除6台。", "住建局：拆除9台。",
    )  # fmt: skip
    assert progress.choices == (Choice.OURS, Choice.THEIRS, Choice.BOTH)
    assert reading.choices == (Choice.OURS, Choice.THEIRS)
    # What only we wrote since is no conflict: they left the cell as it was.
    assert by_place(seen)[STEPS].state is FieldState.SAME
    done = take(offices, seen)
    assert done.taken == {} and {f.place for f in done.left} == {PROGRESS, READING}
    assert entry_of(offices, report).progress == "我们：拆除6台。"


@pytest.mark.parametrize(
    ("choice", "text"),
    [
        (Choice.OURS, "我们：拆除6台。"),
        (Choice.THEIRS, "住建局：拆除9台。"),
        (Choice.BOTH, "我们：拆除6台。\n住建局：拆除9台。"),
    ],
)
def test_a_conflict_is_settled_as_chosen(
    offices: Offices, report: Report, tmp_path: Path, choice: Choice, text: str
) -> None:
    seen = _both_changed(offices, report, tmp_path)
    take(offices, seen, progress=choice)
    entry = entry_of(offices, report)
    assert (entry.progress, entry.next_steps, entry.reading("t-001")) == (text, "加快。", Decimal(6))


def test_choices_that_a_field_does_not_have(offices: Offices, report: Report, tmp_path: Path) -> None:
    seen = _both_changed(offices, report, tmp_path)
    for place in (READING, Place("m-009", "progress")):
        with pytest.raises(ValueError):
            gathering.take_in(offices.county, report.id, seen, {place: Choice.BOTH}, "test", offices.now)
    assert entry_of(offices, report).reading("t-001") == Decimal(6)


def test_what_changes_between_looking_and_taking_is_not_overwritten(
    offices: Offices, report: Report, tmp_path: Path
) -> None:
    hand = filled(hand_out(offices, report, tmp_path / "out"))
    hand.cell("progress").value = "拆除9台。"
    hand.cell("next_steps").value = "验收。"
    seen = look(offices, report, hand.save(tmp_path / "回.xlsx"))
    ours = replace(entry_of(offices, report), progress="刚刚写的。")
    filling.save_entry(offices.county, report.id, ours, "test", offices.now)
    done = take(offices, seen)
    assert [f.place for f in done.stale] == [PROGRESS] and done.taken == {STEPS: "验收。"}
    assert entry_of(offices, report).progress == "刚刚写的。"


def test_doubtful_words_are_taken_only_when_chosen(offices: Offices, report: Report, tmp_path: Path) -> None:
    hand = filled(hand_out(offices, report, tmp_path / "out"))
    hand.cell("status").value = "正常推进"
    hand.cell("progress").value = None
    seen = look(offices, report, hand.save(tmp_path / "回.xlsx"))
    status, progress = by_place(seen)[STATUS], by_place(seen)[PROGRESS]
    assert (status.state, status.reason, status.theirs) == (
        FieldState.PROPOSED,
        "status_words",
        "on_schedule",
    )
    assert (progress.state, progress.reason, progress.theirs) == (FieldState.PROPOSED, "cell_cleared", "")
    assert take(offices, seen).taken == {}
    done = take(offices, seen, status=Choice.THEIRS, progress=Choice.THEIRS)
    assert done.taken == {STATUS: "on_schedule", PROGRESS: ""}
    assert entry_of(offices, report).progress == ""


def test_a_stamp_written_anew_is_not_believed(offices: Offices, report: Report, tmp_path: Path) -> None:
    """Otherwise our own later words could be made to look like what was handed out."""
    path = hand_out(offices, report, tmp_path / "out")
    ours = replace(entry_of(offices, report), progress="后来写的。")
    filling.save_entry(offices.county, report.id, ours, "test", offices.now)
    later = hand_out(offices, report, tmp_path / "later")
    hand, other = filled(path), filled(later)
    hand.cell("progress").value = "他们写的。"
    hand.cell("next_steps").value = "他们的下一步。"
    stamp = other.book["_蓝天季报"].cell(1, 1).value
    hand.book["_蓝天季报"].cell(1, 1).value = stamp.replace('"revision":1', '"revision":7')
    seen = look(offices, report, hand.save(tmp_path / "回.xlsx"))
    assert seen.known is False
    assert by_place(seen)[PROGRESS].state is FieldState.CONFLICT
    assert by_place(seen)[STEPS].state is FieldState.NEW


def test_a_workbook_that_lost_its_stamp(offices: Offices, report: Report, tmp_path: Path) -> None:
    hand = filled(hand_out(offices, report, tmp_path / "out"))
    hand.cell("status").value = "滞后"
    hand.cell("progress").value = "他们写的。"
    hand.reading().value = None
    del hand.book["_蓝天季报"]
    seen = look(offices, report, hand.save(tmp_path / "回.xlsx"))
    found = by_place(seen)
    assert [p.code for p in seen.problems] == ["stamp_missing"]
    assert (found[STATUS].state, found[PROGRESS].state) == (FieldState.NEW, FieldState.CONFLICT)
    # An empty cell says nothing when it is not known what stood there.
    assert found[READING].state is FieldState.SAME


def test_deleted_rows_are_told_and_change_nothing(offices: Offices, report: Report, tmp_path: Path) -> None:
    hand = filled(hand_out(offices, report, tmp_path / "out"))
    hand.measures.delete_rows(5)
    del hand.book["指标"]
    seen = look(offices, report, hand.save(tmp_path / "回.xlsx"))
    assert seen.missing == (("m-001", "1", "拆除小锅炉"),)
    assert take(offices, seen).taken == {} and entry_of(offices, report).progress == "拆除5台。"


def test_another_quarters_workbook_is_refused(offices: Offices, report: Report, tmp_path: Path) -> None:
    store, day = offices.county, offices.now.date()
    path = hand_out(offices, report, tmp_path / "out")
    store.plans.put_calendar(offices.plan.id, QuarterCalendar("2025Q2", day, day, day))
    other = filling.begin(store, offices.plan.id, "2025Q2", "test", offices.now)
    with pytest.raises(RefusedError) as caught:
        look(offices, other, path)
    assert caught.value.code == "workbook_other_report"
    assert (caught.value.facts["quarter"], caught.value.facts["unit"]) == ("2025年第一季度", "东川县")
    hand = filled(path)
    sheet = hand.book["_蓝天季报"]
    sheet.cell(1, 1).value = sheet.cell(1, 1).value.replace(offices.plan.id, "another-plan")
    with pytest.raises(RefusedError) as caught:
        look(offices, report, hand.save(tmp_path / "别.xlsx"))
    assert caught.value.code == "workbook_other_plan"


def test_only_a_draft_gives_and_takes(offices: Offices, report: Report, tmp_path: Path) -> None:
    path = hand_out(offices, report, tmp_path / "out")
    seen = look(offices, report, path)
    offices.fill(report)
    reviewing.review(offices.county, report.id, "test", offices.now)
    for attempt in (
        lambda: hand_out(offices, report, tmp_path / "late"),
        lambda: look(offices, report, path),
        lambda: take(offices, seen),
    ):
        with pytest.raises(RefusedError) as caught:
            attempt()
        assert caught.value.code == "report_locked"


def test_chosen_measures_and_empty_choices(offices: Offices, report: Report, tmp_path: Path) -> None:
    store, now = offices.county, offices.now
    made = circulating.for_measures(store, report.id, ["m-002"], tmp_path, "test", now)
    assert made.measure_keys == ("m-002",) and made.file.path.name.startswith("所选措施")
    refusals = {
        "nothing_chosen": lambda: circulating.for_measures(store, report.id, [], tmp_path, "test", now),
        "not_assigned": lambda: circulating.for_measures(store, report.id, ["m-003"], tmp_path, "test", now),
        "bureau_unknown": lambda: circulating.for_bureaus(store, report.id, ["无"], tmp_path, "test", now),
        "bureau_without_measures": lambda: circulating.for_bureaus(
            store, report.id, ["空局"], tmp_path, "test", now
        ),
    }
    delegating.set_bureau(store, Bureau("空局"), "test", now)
    for code, attempt in refusals.items():
        with pytest.raises(RefusedError) as caught:
            attempt()
        assert caught.value.code == code


def test_bureaus_whose_names_no_folder_takes(offices: Offices, report: Report, tmp_path: Path) -> None:
    store, now = offices.county, offices.now
    for number, name in enumerate(("县局/一", "县局:一"), start=1):
        delegating.set_bureau(store, Bureau(name), "test", now)
        delegating.delegate(store, offices.plan.id, [f"m-00{number}"], name, "test", now)
    made = circulating.for_bureaus(store, report.id, ["县局/一", "县局:一"], tmp_path, "test", now)
    assert len({book.file.path for book in made}) == 2
    assert [look(offices, report, book.file.path).bureau for book in made] == ["县局/一", "县局:一"]


def test_a_missing_or_foreign_file_says_so(offices: Offices, report: Report, tmp_path: Path) -> None:
    with pytest.raises(UnreadableError) as caught:
        look(offices, report, tmp_path / "没有.xlsx")
    assert caught.value.code == "file_missing"


def test_back_from_libreoffice(offices: Offices, report: Report, tmp_path: Path) -> None:
    hand = filled(hand_out(offices, report, tmp_path / "out"))
    hand.cell("status").value = "已完成"
    hand.cell("next_steps").value = "组织验收。"
    hand.reading().value = 12
    saved = through_office(hand.save(tmp_path / "回.xlsx"), "ods", "xlsx")
    seen = look(offices, report, saved)
    assert seen.known and seen.problems == ()
    assert take(offices, seen).taken == {STATUS: "completed", STEPS: "组织验收。", READING: "12"}


def test_a_workbook_for_the_revision_before(offices: Offices, report: Report, tmp_path: Path) -> None:
    """Handed out for the first report; what came since is compared with what was handed out then."""
    hand = filled(hand_out(offices, report, tmp_path / "out"))
    hand.cell("progress").value = "拆除9台。"
    path = hand.save(tmp_path / "回.xlsx")
    store, now = offices.county, offices.now + timedelta(hours=1)
    second = replace(report, id="second", revision=2)
    store.reports.put(second)
    for entry in store.reports.entries(report.id).values():
        store.reports.put_entry(second.id, entry, now)
    seen = look(offices, second, path)
    assert (seen.known, seen.report_changed) == (True, True)
    assert by_place(seen)[PROGRESS].state is FieldState.CHANGED


def test_two_colleagues_with_one_entry(offices: Offices, report: Report, tmp_path: Path) -> None:
    """Both had the same cells: what only one wrote is taken from each, what both wrote is asked about."""
    first, second = (filled(hand_out(offices, report, tmp_path / name)) for name in ("甲", "乙"))
    first.cell("progress").value, first.cell("problems").value = "甲写的进展。", "甲写的问题。"
    second.cell("progress").value, second.cell("next_steps").value = "乙写的进展。", "乙写的下一步。"
    take(offices, look(offices, report, first.save(tmp_path / "甲.xlsx")))
    seen = look(offices, report, second.save(tmp_path / "乙.xlsx"))
    states = {p.field: f.state for p, f in by_place(seen).items() if f.state is not FieldState.SAME}
    assert states == {"progress": FieldState.CONFLICT, "next_steps": FieldState.NEW}
    take(offices, seen, progress=Choice.BOTH)
    entry = entry_of(offices, report)
    assert (entry.progress, entry.problems, entry.next_steps) == (
        "甲写的进展。\n乙写的进展。", "甲写的问题。", "乙写的下一步。",
    )  # fmt: skip
