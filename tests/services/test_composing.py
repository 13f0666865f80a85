"""The letter of a report: it follows the data until somebody writes, then is theirs; frozen with the review, carried on."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from desktop.domain.errors import RefusedError
from desktop.domain.letter import TEXT_LIMIT, LetterSettings, SectionName, asking_words, letter_fault
from desktop.domain.quarter import QuarterCalendar
from desktop.domain.report import Entry, ProgressStatus, Report
from desktop.reports.fonts import Faces
from desktop.reports.report_text import account_of
from desktop.services import (
    answering,
    composing,
    filling,
    receiving,
    reviewing,
    sending,
    signing,
    surveying,
    tracing,
)
from desktop.services.sectioning import SectionDraft
from desktop.wording.errors import one_line
from desktop.wording.tracing import known_actions
from tests.journeys.offices import CITY, COUNTY, PASS_PHRASE, Offices, enrol
from tests.reports.printed import plain, text_of

OVERALL, PROBLEMS = SectionName.OVERALL, SectionName.PROBLEMS
OWN = "总体平稳，详见附件。"


@pytest.fixture
def report(offices: Offices) -> Report:
    made = offices.draft_report()
    offices.fill(made)
    return made


def behind(offices: Offices, report: Report) -> None:
    """The data change: the first measure is behind now."""
    entry = offices.county.reports.entry(report.id, "m-001")
    assert entry is not None
    late = replace(entry, status=ProgressStatus.BEHIND, problems="征地未完成。", next_steps="5月底前完成。")
    filling.save_entry(offices.county, report.id, late, "test", offices.now)


def save(
    offices: Offices, report: Report, text: str, name: SectionName = OVERALL
) -> SectionDraft[SectionName]:
    return composing.save_section(offices.county, report.id, name, text, "test", offices.now)


def section(offices: Offices, report: Report, name: SectionName = OVERALL) -> SectionDraft[SectionName]:
    return composing.compose(offices.county, report).section(name)


def test_an_unedited_section_follows_the_data(offices: Offices, report: Report) -> None:
    assert "均达到序时进度" in section(offices, report).text
    behind(offices, report)
    followed = section(offices, report)
    assert "滞后1项" in followed.text and not followed.edited and not followed.stale


def test_an_edited_section_stays_and_says_that_the_data_have_changed(
    offices: Offices, report: Report
) -> None:
    saved = save(offices, report, OWN)
    assert (saved.text, saved.edited, saved.stale) == (OWN, True, False)
    assert section(offices, report) == saved
    behind(offices, report)
    held = section(offices, report)
    assert held.text == OWN and held.stale and "滞后1项" in held.drafted
    assert composing.stale_count(offices.county, report) == 1
    # Writing on does not hide it; saying that it was looked at does.
    assert save(offices, report, OWN + "另有1项滞后。").stale
    assert not composing.confirm_section(offices.county, report.id, OVERALL, "test", offices.now).stale
    assert composing.stale_count(offices.county, report) == 0


def test_restoring_follows_the_data_again(offices: Offices, report: Report) -> None:
    save(offices, report, OWN)
    behind(offices, report)
    restored = composing.restore_section(offices.county, report.id, OVERALL, "test", offices.now)
    assert not restored.edited and "滞后1项" in restored.text
    assert section(offices, report) == restored


def test_typing_the_drafted_words_again_gives_the_section_back(offices: Offices, report: Report) -> None:
    drafted = section(offices, report).drafted
    save(offices, report, OWN)
    assert not save(offices, report, drafted).edited
    behind(offices, report)
    assert "滞后1项" in section(offices, report).text


def test_unchanged_it_writes_nothing(offices: Offices, report: Report) -> None:
    before = len(offices.county.audit.records())
    save(offices, report, section(offices, report).text)
    composing.restore_section(offices.county, report.id, OVERALL, "test", offices.now)
    composing.confirm_section(offices.county, report.id, OVERALL, "test", offices.now)
    composing.save_number(offices.county, report.id, "", "test", offices.now)
    composing.set_settings(offices.county, LetterSettings(), "test", offices.now)
    assert len(offices.county.audit.records()) == before


def test_every_step_is_recorded_with_what_it_was_before(offices: Offices, report: Report) -> None:
    drafted = section(offices, report).drafted
    save(offices, report, "甲。")
    save(offices, report, OWN)
    composing.save_number(offices.county, report.id, "清政报[2025]3号", "test", offices.now)
    third, second, first = offices.county.audit.records(subject=f"{report.id}/letter")
    assert (first.facts["overall_from"], first.facts["overall_to"]) == (drafted, "甲。")
    assert second.facts == {"overall_from": "甲。", "overall_to": OWN}
    assert third.facts == {"number_from": "", "number": "清政报〔2025〕3号"}
    steps = tracing.report_trail(offices.county, report)
    assert {step.action for step in steps} <= known_actions()
    (written,) = [step for step in steps if step.action == "letter_saved"]
    ((change),) = written.fields
    assert (change.field, change.before, change.after) == ("overall", drafted, OWN)


def test_what_is_reviewed_is_frozen_printed_and_read_back_the_same(
    offices: Offices, report: Report, faces: Faces, tmp_path: Path
) -> None:
    save(offices, report, OWN)
    save(offices, report, "", SectionName.OPENING)
    composing.save_number(offices.county, report.id, "清政报〔2025〕3号", "test", offices.now)
    reviewed = reviewing.review(offices.county, report.id, "test", offices.now)
    document, _ = reviewing.frozen_document(offices.county, reviewed)
    letter = document.letter
    assert letter is not None and not letter_fault(letter)
    assert (letter.issuer, letter.addressee, letter.number) == (COUNTY.name, CITY.name, "清政报〔2025〕3号")
    assert letter.text(OVERALL) == OWN and letter.text(SectionName.OPENING) == ""
    assert OWN in [paragraph.text for paragraph in account_of(document).paragraphs]
    text = plain(text_of(reviewing.preview(offices.county, reviewed, faces, offices.now).pdf, tmp_path))
    assert OWN in text and "清政报〔2025〕3号" in text and "报告如下" not in text
    with pytest.raises(RefusedError, match="report_locked"):
        save(offices, reviewed, "改。")
    # What is set for later letters leaves this one as it is.
    changed = LetterSettings(issuer="别的名字", table=False)
    composing.set_settings(offices.county, changed, "test", offices.now)
    assert reviewing.frozen_document(offices.county, reviewed)[0].letter == letter


def test_reopened_it_is_edited_on(offices: Offices, report: Report) -> None:
    save(offices, report, OWN)
    reviewing.review(offices.county, report.id, "test", offices.now)
    reopened = reviewing.reopen(offices.county, report.id, "改", "test", offices.now)
    assert section(offices, reopened).text == OWN


def test_the_next_revision_carries_what_was_written(offices: Offices, faces: Faces) -> None:
    enrol(offices)
    report = offices.draft_report()
    offices.fill(report)
    save(offices, report, OWN)
    composing.save_number(offices.county, report.id, "清政报〔2025〕3号", "test", offices.now)
    reviewing.review(offices.county, report.id, "test", offices.now)
    signing.sign(offices.county, report.id, PASS_PHRASE, faces, "test", offices.now)
    _, written = sending.submit(offices.county, report.id, offices.stick, "test", offices.now)
    item, _ = receiving.take_in(offices.city, written[-1].path, "", "test", offices.now)
    seen = receiving.reinspect(offices.city, item.digest, offices.now)
    assert seen.document is not None and seen.document.letter is not None
    assert seen.document.letter.text(OVERALL) == OWN
    answer = answering.send_back(
        offices.city, item.digest, "核对数字", {}, None, offices.identity, "test", offices.now
    )
    receiving.take_in(offices.county, offices.to_county(answer.digest), "", "test", offices.now)
    following = filling.next_revision(offices.county, report, "test", offices.now)
    carried = composing.compose(offices.county, following)
    assert carried.number == "清政报〔2025〕3号"
    assert (carried.section(OVERALL).text, carried.section(OVERALL).edited) == (OWN, True)


def test_settings_fill_the_letter_and_are_recorded(offices: Offices, report: Report) -> None:
    wanted = LetterSettings(
        " 清禾县\u200b生态环境局 ", "云川市生态环境局", "大气科", red_head=False, evidence=False
    )
    kept = composing.set_settings(offices.county, wanted, "test", offices.now)
    assert kept.issuer == "清禾县生态环境局" and composing.settings_of(offices.county) == kept
    letter = reviewing.document_of(offices.county, report, offices.now).letter
    assert letter is not None
    assert (letter.issuer, letter.addressee, letter.bureau) == (
        "清禾县生态环境局",
        "云川市生态环境局",
        "大气科",
    )
    assert (letter.red_head, letter.table, letter.evidence) == (False, True, False)
    (record,) = offices.county.audit.records(subject=COUNTY.code)[:1]
    assert record.action == "letter_settings_set"
    assert (record.facts["addressee_from"], record.facts["addressee"]) == ("", "云川市生态环境局")


def test_what_is_too_long_is_refused_and_nothing_lost(offices: Offices, report: Report) -> None:
    save(offices, report, OWN)
    with pytest.raises(RefusedError, match="letter_too_long") as refused:
        save(offices, report, "字" * (TEXT_LIMIT + 1))
    assert "20000" in one_line(refused.value)
    assert section(offices, report).text == OWN


def test_hidden_signs_are_left_out(offices: Offices, report: Report) -> None:
    assert save(offices, report, "总体\u202e平稳。\x07").text == "总体平稳。"


def test_requests_are_hinted_at_but_kept(offices: Offices, report: Report) -> None:
    assert asking_words(save(offices, report, "恳请批准。", PROBLEMS).text) == ("恳请",)
    assert section(offices, report, PROBLEMS).text == "恳请批准。"


def test_a_locked_quarter_takes_no_words(offices: Offices, report: Report) -> None:
    later = offices.now + timedelta(days=400)
    with pytest.raises(RefusedError, match="quarter_closed"):
        composing.save_section(offices.county, report.id, OVERALL, OWN, "test", later)
    with pytest.raises(RefusedError, match="quarter_closed"):
        composing.save_number(offices.county, report.id, "1号", "test", later)


def test_last_quarter_is_compared_with(offices: Offices, report: Report) -> None:
    store, day = offices.county, offices.now.date()
    store.plans.put_calendar(offices.plan.id, QuarterCalendar("2024Q4", day, day, day))
    last = filling.begin(store, offices.plan.id, "2024Q4", "test", offices.now)
    for row in surveying.overview(store, last).rows:
        late = Entry(row.measure.key, ProgressStatus.BEHIND, "慢。", "难。", "快。")
        filling.save_entry(store, last.id, late, "test", offices.now)
    assert "与上季度相比，由滞后转为达到序时进度2项。" in section(offices, report).text
    assert "由滞后转为达到序时进度。" in section(offices, report, SectionName.HIGHLIGHTS).text
