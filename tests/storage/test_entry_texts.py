"""Looking for words in entries: as they lie in the tables, at most so many, with what is known from elsewhere."""

from __future__ import annotations

from decimal import Decimal

import pytest

from desktop.domain.needle import needle
from desktop.domain.report import Entry, Evidence, ProgressStatus, Reading, Report, ReportState
from desktop.storage import Store
from desktop.storage.entry_texts import EntryTexts, Sought
from tests.storage.samples import NOW


@pytest.fixture
def filled(store: Store) -> Store:
    for revision, state in ((1, ReportState.RETURNED), (2, ReportState.DRAFT)):
        store.reports.put(Report(f"r{revision}", "p", 1, "640001", "2025Q1", revision, state))
    entries = (
        Entry("a", ProgressStatus.BEHIND, "拆除锅炉", "缺少资金", "", "说明"),
        Entry("b", None, "ＶＯＣs治理", evidence=(Evidence("0" * 64, "锅炉照片.zip", 1),)),
        Entry("c", readings=(Reading("t", Decimal(3)),)),
        Entry("d"),
    )
    for entry in entries:
        store.reports.put_entry("r2", entry, NOW)
    return store


def found(store: Store, *sought: Sought, most: int = 10) -> list[str]:
    return [entry.measure_key for entry in store.texts.entries("r2", sought, most)]


def test_words_in_one_way_of_writing_and_in_several(filled: Store) -> None:
    assert found(filled, Sought(needle("锅炉"))) == ["a"]
    assert found(filled, Sought(needle("vocS"))) == ["b"]
    assert found(filled, Sought(needle("锅炉")), Sought(needle("资金"))) == ["a"]
    assert found(filled, Sought(needle("锅炉")), Sought(needle("vocs"))) == []


def test_what_is_known_from_elsewhere_counts_for_its_word_alone(filled: Store) -> None:
    assert found(filled, Sought(needle("锅炉"), {"b", "c"})) == ["a", "b", "c"]
    assert found(filled, Sought(needle("锅炉"), ["c"]), Sought(needle("vocs"), ["c", "a"])) == ["a", "c"]
    assert found(filled, most=2) == ["a", "b"]


def test_a_figure_or_a_file_is_something_and_an_emptied_entry_is_nothing(filled: Store) -> None:
    seen = {entry.measure_key: entry for entry in filled.texts.entries("r2", (), 10)}
    assert seen["a"] == EntryTexts("a", ProgressStatus.BEHIND, ("拆除锅炉", "缺少资金", "", "说明"), True)
    assert {key: entry.begun for key, entry in seen.items()} == {"a": True, "b": True, "c": True, "d": False}


def test_evidence_is_found_by_its_name(filled: Store) -> None:
    assert filled.texts.evidence((needle("ZIP"), needle("没有"))) == (("r2", "b", "锅炉照片.zip"),)
    assert filled.texts.evidence(()) == ()


def test_revisions_are_told_in_their_order(filled: Store) -> None:
    heads = filled.texts.revisions()
    assert [(h.id, h.revision, h.state) for h in heads] == [
        ("r1", 1, ReportState.RETURNED), ("r2", 2, ReportState.DRAFT)
    ]  # fmt: skip
