from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.domain.approval import Approval
from desktop.domain.errors import UnreadableError
from desktop.domain.report import Entry, Evidence, ProgressStatus, Reading, Report, ReportState
from desktop.storage import Store

from .samples import COUNTY, ENTRY, LATER, NOW, PARK, PLAN, REPORT

Again = Callable[[], Store]

# Astral characters (rare names, emoji), control characters, no NUL, no halves of surrogate pairs.
WRITTEN = st.text(st.characters(exclude_characters="\0", exclude_categories=("Cs",)), max_size=60)
DIGITS = st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**9), max_value=10**9, places=4)
DIGEST = st.text("0123456789abcdef", min_size=64, max_size=64)
ENTRIES = st.builds(
    Entry,
    st.text(min_size=1, max_size=10, alphabet="abc-1中"),
    st.none() | st.sampled_from(ProgressStatus),
    WRITTEN,
    WRITTEN,
    WRITTEN,
    WRITTEN,
    st.lists(st.builds(Reading, WRITTEN, st.none() | DIGITS, WRITTEN), max_size=4).map(tuple),
    st.lists(st.builds(Evidence, DIGEST, WRITTEN, st.integers(0, 2**40), WRITTEN), max_size=3).map(tuple),
)


@given(entries=st.lists(ENTRIES, max_size=5, unique_by=lambda entry: entry.measure_key))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_entry_comes_back_as_it_was(store: Store, entries: list[Entry]) -> None:
    count = len(store.reports.find())
    report = replace(REPORT, id=f"r{count}", revision=count + 1)
    store.reports.put(report)
    for entry in entries:
        store.reports.put_entry(report.id, entry, NOW)
    assert list(store.reports.entries(report.id).values()) == entries
    for entry in entries:
        found = store.reports.entry(report.id, entry.measure_key)
        assert found == entry
        assert [str(r.value) for r in found.readings] == [str(r.value) for r in entry.readings]


def test_a_report_comes_back_and_changes(store: Store, again: Again) -> None:
    store.reports.put(REPORT)
    assert again().reports.get(REPORT.id) == REPORT
    bare = Report("r2", PLAN.id, 1, PARK.code, "2025Q1", 1)
    store = again()
    store.reports.put(bare)
    store.reports.put(replace(REPORT, state=ReportState.WITHDRAWN, returned={}))
    assert store.reports.get("r2") == bare
    assert store.reports.get(REPORT.id) == replace(REPORT, state=ReportState.WITHDRAWN, returned={})
    with pytest.raises(KeyError):
        store.reports.get("none")


def test_changing_a_report_keeps_its_entries_and_documents(store: Store) -> None:
    store.reports.put(REPORT)
    store.reports.put_entry(REPORT.id, ENTRY, NOW)
    store.reports.put_document(REPORT.id, "report.json", b"{}")
    store.reports.put(replace(REPORT, state=ReportState.SUPERSEDED))
    assert store.reports.entries(REPORT.id) == {ENTRY.measure_key: ENTRY}
    assert store.reports.documents(REPORT.id) == ("report.json",)


def test_a_revision_exists_once(store: Store) -> None:
    store.reports.put(REPORT)
    with pytest.raises(ValueError):
        store.reports.put(replace(REPORT, id="other"))
    assert store.reports.find() == (REPORT,)


def test_reports_are_found_by_what_is_given(store: Store) -> None:
    made = [
        replace(REPORT, id=f"{unit}{quarter}{revision}", unit_code=unit, quarter=quarter, revision=revision)
        for quarter in ("2025Q2", "2024Q4")
        for unit in (PARK.code, COUNTY.code)
        for revision in (10, 9)
    ]
    for report in made:
        store.reports.put(report)
    other = replace(REPORT, id="x", plan_id="other", quarter="2026Q1")
    store.reports.put(other)
    expected = sorted(made, key=lambda r: (r.quarter, r.unit_code, r.revision))
    assert store.reports.find(plan_id=PLAN.id) == tuple(expected)
    assert store.reports.find() == (*expected, other)
    assert store.reports.find(PLAN.id, COUNTY.code, "2025Q2") == tuple(expected[4:6])
    assert store.reports.find(quarter="2026Q1") == (other,)
    assert store.reports.find(unit_code="none") == ()
    latest = store.reports.latest(PLAN.id, COUNTY.code, "2025Q2")
    assert latest is not None and latest.revision == 10
    assert store.reports.latest(PLAN.id, COUNTY.code, "2025Q3") is None


def test_an_entry_is_replaced_whole_and_in_its_place(store: Store) -> None:
    store.reports.put(REPORT)
    second = replace(ENTRY, measure_key="a")
    store.reports.put_entry(REPORT.id, ENTRY, NOW)
    store.reports.put_entry(REPORT.id, second, NOW)
    changed = Entry(ENTRY.measure_key, readings=(Reading("t9", Decimal("-0.10")),))
    store.reports.put_entry(REPORT.id, changed, LATER)
    assert list(store.reports.entries(REPORT.id).values()) == [changed, second]
    assert store.reports.entry(REPORT.id, "none") is None


def test_entries_of_several_reports_do_not_mix(store: Store) -> None:
    other = replace(REPORT, id="r2", revision=2)
    store.reports.put(REPORT)
    store.reports.put(other)
    theirs = replace(ENTRY, progress="other", readings=())
    store.reports.put_entry(REPORT.id, ENTRY, NOW)
    store.reports.put_entry(other.id, theirs, NOW)
    assert store.reports.entries_of([REPORT.id, other.id, "none"]) == {
        REPORT.id: {ENTRY.measure_key: ENTRY},
        other.id: {ENTRY.measure_key: theirs},
        "none": {},
    }
    assert store.reports.entries_of([]) == {}


def test_listing_entries_takes_three_queries(store: Store) -> None:
    store.reports.put(REPORT)
    for number in range(20):
        store.reports.put_entry(REPORT.id, replace(ENTRY, measure_key=f"m{number}"), NOW)
    asked: list[object] = []
    store._database._db.query_hooks.append(asked.append)
    assert len(store.reports.entries(REPORT.id)) == 20
    assert len(asked) == 3


def test_an_entry_or_document_of_no_report_is_a_key_error(store: Store) -> None:
    with pytest.raises(KeyError, match="none"):
        store.reports.put_entry("none", ENTRY, NOW)
    with pytest.raises(KeyError, match="none"):
        store.reports.put_document("none", "report.pdf", b"x")
    assert store.reports.entries("none") == {}


def stored_file(folder: Path) -> Path:
    (found,) = (path for path in folder.rglob("*") if path.is_file())
    return found


def test_documents_come_back_byte_for_byte(store: Store, again: Again) -> None:
    store.reports.put(REPORT)
    store.reports.put_document(REPORT.id, "report.pdf", b"%PDF first")
    store.reports.put_document(REPORT.id, "report.pdf", b"%PDF signed")
    store.reports.put_document(REPORT.id, "ledger.xlsx", bytes(range(256)))
    store = again()
    assert store.reports.documents(REPORT.id) == ("ledger.xlsx", "report.pdf")
    assert store.reports.document(REPORT.id, "report.pdf") == b"%PDF signed"
    assert store.reports.document(REPORT.id, "ledger.xlsx") == bytes(range(256))
    assert store.reports.document(REPORT.id, "none") is None


def test_a_document_altered_on_the_disk_is_refused(store: Store) -> None:
    store.reports.put(REPORT)
    store.reports.put_document(REPORT.id, "report.pdf", b"%PDF")
    path = stored_file(store.folder / "documents")
    path.write_bytes(b"%PDG")
    with pytest.raises(UnreadableError) as caught:
        store.reports.document(REPORT.id, "report.pdf")
    assert caught.value.code == "document_altered"
    assert caught.value.facts == {"file": "report.pdf", "path": str(path), "reason": "altered"}
    path.unlink()
    with pytest.raises(UnreadableError) as caught:
        store.reports.document(REPORT.id, "report.pdf")
    assert caught.value.facts["reason"] == "missing"


def test_keeping_a_document_again_mends_an_altered_file(store: Store) -> None:
    store.reports.put(REPORT)
    store.reports.put_document(REPORT.id, "report.pdf", b"%PDF")
    stored_file(store.folder / "documents").write_bytes(b"%PDG")
    store.reports.put_document(REPORT.id, "report.pdf", b"%PDF")
    assert store.reports.document(REPORT.id, "report.pdf") == b"%PDF"


def test_an_approval_comes_back_and_is_none_where_there_was_none(store: Store, again: Again) -> None:
    approval = Approval("ab" * 32, "王建军", "李敏", NOW.date(), Evidence("cd" * 32, "签批单.pdf", 9))
    store.reports.put(REPORT)
    assert store.reports.approval(REPORT.id) is None
    store.reports.put_approval(REPORT.id, approval)
    assert again().reports.approval(REPORT.id) == approval


def test_an_approval_that_was_altered_on_the_disk_is_not_believed(store: Store) -> None:
    approval = Approval("ab" * 32, "王建军", "李敏", NOW.date(), Evidence("cd" * 32, "签批单.pdf", 9))
    store.reports.put(REPORT)
    store.reports.put_approval(REPORT.id, approval)
    (path,) = (p for p in (store.folder / "documents").rglob("*") if p.is_file())
    path.write_bytes(path.read_bytes().replace("李敏".encode(), "赵敏".encode()))
    with pytest.raises(UnreadableError, match="document_altered"):
        store.reports.approval(REPORT.id)
