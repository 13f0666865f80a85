"""What was being typed when the program ended: put back once, and never over newer words."""

from __future__ import annotations

import hashlib
from decimal import Decimal

import pytest

from desktop.domain.codec import canonical_bytes
from desktop.domain.letter import SectionName
from desktop.domain.report import Entry, Reading, Report
from desktop.domain.unsaved import Unsaved
from desktop.services import announcing, announcing_text, composing, filling, rescuing, summarising
from desktop.services.sectioning import SectionDraft
from desktop.storage import Store
from tests.journeys.offices import Offices


@pytest.fixture
def report(offices: Offices) -> Report:
    return offices.draft_report()


def entry(offices: Offices, report: Report, key: str = "m-001") -> Entry:
    return offices.county.reports.entry(report.id, key) or Entry(key)


def rescue(offices: Offices) -> rescuing.Rescued | None:
    return rescuing.rescue(offices.county, "test", offices.now)


def killed(offices: Offices) -> None:
    """The store as the next start finds it; nothing was told that it ends."""
    offices.county.unsaved.close()
    folder = offices.county.folder
    offices.county._database.close()
    offices.county = Store.open(folder, "test", offices.now)


def test_words_in_the_hand_are_put_back(offices: Offices, report: Report) -> None:
    filling.save_entry(offices.county, report.id, Entry("m-001", progress="拆除"), "test", offices.now)
    rescuing.note(offices.county, report.id, entry(offices, report), "progress", "", "拆除7台，其")
    killed(offices)
    found = rescue(offices)
    assert found is not None and found.restored
    assert (found.report.id, found.measure_key, found.field) == (report.id, "m-001", "progress")
    assert entry(offices, report).progress == "拆除7台，其"
    assert offices.county.audit.records(limit=1)[0].action == "entry_saved"
    assert rescue(offices) is None, "once"


def test_a_figure_is_put_back_beside_the_others(offices: Offices, report: Report) -> None:
    rescuing.note(offices.county, report.id, Entry("m-001"), "reading", "t-001", "7")
    assert rescue(offices) is not None
    assert entry(offices, report).readings == (Reading("t-001", Decimal(7)),)


def test_words_that_are_older_than_the_store_are_let_go(offices: Offices, report: Report) -> None:
    rescuing.note(offices.county, report.id, Entry("m-001"), "progress", "", "旧")
    filling.save_entry(offices.county, report.id, Entry("m-001", progress="新写的"), "test", offices.now)
    found = rescue(offices)
    assert found is not None and not found.restored
    assert entry(offices, report).progress == "新写的"


def test_a_place_alone_says_where_the_person_was(offices: Offices, report: Report) -> None:
    rescuing.note(offices.county, report.id, Entry("m-002"))
    found = rescue(offices)
    assert found is not None and (found.measure_key, found.restored) == ("m-002", False)


def test_after_an_ordinary_end_there_is_nothing(offices: Offices, report: Report) -> None:
    assert rescue(offices) is None
    rescuing.note(offices.county, report.id, Entry("m-001"), "progress", "", "存过了")
    rescuing.forget(offices.county)
    assert rescue(offices) is None


def test_a_locked_report_stays_as_it_is(offices: Offices) -> None:
    report = offices.reviewed_report()
    before = entry(offices, report)
    rescuing.note(offices.county, report.id, before, "progress", "", "晚了")
    found = rescue(offices)
    assert found is not None and not found.restored and entry(offices, report) == before
    assert found.words == "晚了", "they are handed back"


def test_what_is_asked_no_more_or_is_nonsense_is_let_go(offices: Offices, report: Report) -> None:
    store = offices.county
    for noted in (
        Unsaved(report.id, "m-999", "progress", "", "", "x"),
        Unsaved(report.id, "m-001", "reading", "t-001", "", "七"),
        Unsaved(report.id, "m-001", "status", "", "", "completed"),
        Unsaved("nobody", "m-001", "progress", "", "", "x"),
    ):
        store.unsaved.put(noted)
        found = rescue(offices)
        assert found is None or not found.restored
    assert entry(offices, report).empty


@pytest.mark.parametrize("damage", [b"", b"half", b"00000002 " + b"0" * 64 + b"{}", b"\xff" * 300])
def test_a_note_that_is_not_whole_is_none(offices: Offices, damage: bytes) -> None:
    (offices.county.folder / "lantian.typed").write_bytes(damage)
    assert offices.county.unsaved.get() is None and rescue(offices) is None


def test_a_shorter_note_leaves_nothing_of_a_longer_one(offices: Offices) -> None:
    note = offices.county.unsaved
    note.put(Unsaved("r", "m", "progress", "", "", "长" * 5000))
    note.put(Unsaved("r", "m", "progress", "", "", "短"))
    assert note.get() == Unsaved("r", "m", "progress", "", "", "短")
    note.clear()
    assert note.get() is None


def test_a_folder_that_takes_no_note_hinders_nobody(offices: Offices, report: Report) -> None:
    (offices.county.folder / "lantian.typed").mkdir()
    rescuing.note(offices.county, report.id, Entry("m-001"), "progress", "", "照样写")
    assert offices.county.unsaved.get() is None


def test_words_outlive_a_start_that_ends_before_they_are_stored(
    offices: Offices, report: Report, monkeypatch: pytest.MonkeyPatch
) -> None:
    rescuing.note(offices.county, report.id, Entry("m-001"), "progress", "", "拆除7台，其")

    def ended(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(rescuing, "save_entry", ended)
        with pytest.raises(KeyboardInterrupt):
            rescue(offices)
    found = rescue(offices)
    assert found is not None and found.restored and entry(offices, report).progress == "拆除7台，其"


@pytest.mark.parametrize("typed", ["七台", "1e5", "NaN", "7/"])
def test_what_is_no_number_is_handed_back(offices: Offices, report: Report, typed: str) -> None:
    rescuing.note(offices.county, report.id, Entry("m-001"), "reading", "t-001", typed)
    found = rescue(offices)
    assert found is not None and not found.restored and found.words == typed
    assert entry(offices, report).empty


def test_a_figure_that_is_no_number_outlives_what_is_typed_elsewhere(
    offices: Offices, report: Report
) -> None:
    store = offices.county
    rescuing.note(store, report.id, Entry("m-001"), "reading", "t-001", "七台")
    rescuing.note(store, report.id, Entry("m-001"), "progress", "", "拆除7台，其")
    filling.save_entry(store, report.id, Entry("m-001", progress="拆除7台，其"), "test", offices.now)
    rescuing.note(store, report.id, entry(offices, report))
    rescuing.note(store, report.id, Entry("m-002"), "progress", "", "巡查3")
    assert [(each.measure_key, each.field) for each in store.unsaved.all()] == [
        ("m-001", "reading"), ("m-002", "progress"),
    ], "what the store has is noted no more"  # fmt: skip
    killed(offices)
    found = rescue(offices)
    assert found is not None and (found.measure_key, found.field) == ("m-002", "progress")
    assert found.restored and (found.words, found.unreadable) == ("七台", True)
    assert entry(offices, report, "m-002").progress == "巡查3"
    assert rescue(offices) is None


def test_a_figure_that_was_put_right_is_noted_no_more(offices: Offices, report: Report) -> None:
    store = offices.county
    rescuing.note(store, report.id, Entry("m-001"), "reading", "t-001", "7x")
    rescuing.note(store, report.id, Entry("m-001"), "reading", "t-001", "7")
    seven = Entry("m-001", readings=(Reading("t-001", Decimal(7)),))
    filling.save_entry(store, report.id, seven, "test", offices.now)
    rescuing.note(store, report.id, entry(offices, report), "progress", "", "拆")
    assert [each.field for each in store.unsaved.all()] == ["progress"]


def test_a_note_of_the_version_before_is_read(offices: Offices, report: Report) -> None:
    data = canonical_bytes(Unsaved(report.id, "m-001", "progress", "", "", "旧版写的"))
    head = f"{len(data):08d} {hashlib.sha256(data).hexdigest()}".encode()
    (offices.county.folder / "lantian.typed").write_bytes(head + data)
    assert rescue(offices) is not None and entry(offices, report).progress == "旧版写的"


def section(offices: Offices, report: Report) -> SectionDraft[SectionName]:
    return composing.compose(offices.county, report).section(SectionName.OVERALL)


def test_words_of_the_letter_are_put_back(offices: Offices, report: Report) -> None:
    held = section(offices, report)
    rescuing.note_section(offices.county, rescuing.LETTER, report.id, held, "总体平稳，其")
    killed(offices)
    found = rescue(offices)
    assert found is not None and found.restored
    assert (found.field, found.target, found.measure_key) == ("letter", "overall", "")
    assert section(offices, report).text == "总体平稳，其" and section(offices, report).edited
    assert rescue(offices) is None


def test_a_letter_that_was_saved_since_keeps_its_words(offices: Offices, report: Report) -> None:
    held = section(offices, report)
    rescuing.note_section(offices.county, rescuing.LETTER, report.id, held, "旧")
    composing.save_section(offices.county, report.id, held.name, "新写的", "test", offices.now)
    found = rescue(offices)
    assert found is not None and not found.restored and section(offices, report).text == "新写的"


def test_a_letter_that_is_locked_hands_its_words_back(offices: Offices) -> None:
    report = offices.reviewed_report()
    before = section(offices, report)
    rescuing.note_section(offices.county, rescuing.LETTER, report.id, before, "晚了")
    found = rescue(offices)
    assert found is not None and (found.restored, found.words) == (False, "晚了")
    assert section(offices, report) == before


def test_a_number_that_was_being_typed_is_put_back_as_the_standard_writes_it(
    offices: Offices, report: Report
) -> None:
    rescuing.note_number(offices.county, report.id, "", "东政报[2025]12")
    killed(offices)
    found = rescue(offices)
    assert found is not None and found.restored
    assert (found.field, found.target, found.measure_key) == ("letter", rescuing.NUMBER, "")
    assert offices.county.letters.number(report.id) == "东政报〔2025〕12号"
    assert rescue(offices) is None


def test_a_number_that_was_saved_since_or_is_locked_stays(offices: Offices, report: Report) -> None:
    rescuing.note_number(offices.county, report.id, "", "旧")
    composing.save_number(offices.county, report.id, "东政报〔2025〕3号", "test", offices.now)
    found = rescue(offices)
    assert found is not None and not found.restored and found.words == ""
    assert offices.county.letters.number(report.id) == "东政报〔2025〕3号"


def test_a_number_of_a_locked_letter_is_handed_back(offices: Offices) -> None:
    report = offices.reviewed_report()
    rescuing.note_number(offices.county, report.id, "", "东政报〔2025〕3号")
    found = rescue(offices)
    assert found is not None and (found.restored, found.words) == (False, "东政报〔2025〕3号")
    assert offices.county.letters.number(report.id) == ""


def test_words_of_a_bulletin_are_put_back(offices: Offices) -> None:
    city = offices.city
    seen = summarising.summary(city, offices.plan.id, "2025Q1", offices.now)
    document = announcing.announced(city, seen, announcing.Choice())
    held = announcing_text.compose(city, document)[1]
    place = rescuing.bulletin_place(offices.plan.id, "2025Q1")
    rescuing.note_section(city, rescuing.BULLETIN, place, held, "报送总体及时，其")
    found = rescuing.rescue_section(city, "test", offices.now)
    assert found is not None and found.restored and (found.quarter, found.name) == ("2025Q1", held.name)
    assert announcing_text.compose(city, document)[1].text == "报送总体及时，其"
    assert rescuing.rescue_section(city, "test", offices.now) is None
    rescuing.note_section(city, rescuing.BULLETIN, "nobody/2025Q1", held, "x")
    assert rescuing.rescue_section(city, "test", offices.now) is None
