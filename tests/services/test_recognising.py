"""A code typed from paper, at the city and at the county, in every state of a submission."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from desktop.domain.codec import digest_of
from desktop.domain.package import InboxState
from desktop.domain.report import Report
from desktop.reports.fonts import Faces
from desktop.services import answering, filling, receiving, sending, signing, withdrawing
from desktop.services.announcing import Choice, announced
from desktop.services.exporting import export_summary
from desktop.services.recognising import PaperCopy, recognise
from desktop.services.summarising import summary, summary_files
from desktop.wording import paper_code as words
from tests.journeys.offices import CITY, COUNTY, PASS_PHRASE, Offices

pytestmark = pytest.mark.usefixtures("enrolled")


def sent(offices: Offices, faces: Faces, progress: str = "拆除7台，其余已签合同。") -> tuple[Report, Path]:
    """A revision signed and written; its package."""
    report = offices.reviewed_report(progress)
    signed = signing.sign(offices.county, report.id, PASS_PHRASE, faces, "test", offices.now).report
    return signed, sending.submit(offices.county, signed.id, offices.stick, "test", offices.now)[1][-1].path


def only(offices: Offices, typed: str, *, at_county: bool = False) -> PaperCopy:
    found = recognise(offices.county if at_county else offices.city, typed)
    (copy,) = found.copies
    return copy


def accept(offices: Offices, package: Path) -> str:
    item, _ = receiving.take_in(offices.city, package, "", "test", offices.now)
    return answering.accept(offices.city, item.digest, offices.identity, "", "test", offices.now).digest


def test_a_submission_that_only_waits_is_known_by_code_and_by_digest(offices: Offices, faces: Faces) -> None:
    report, package = sent(offices, faces)
    receiving.take_in(offices.city, package, "", "test", offices.now)
    for typed in (report.code, report.code.lower().replace("-", ""), report.digest.upper()):
        copy = only(offices, typed)
        assert (copy.state, copy.unit_name, copy.quarter, copy.revision) == (
            "waiting",
            COUNTY.name,
            "2025Q1",
            1,
        )
        assert (copy.code, copy.digest, copy.own) == (report.code, report.digest, False)
        assert copy.came_at == offices.now


def test_an_accepted_submission_says_when_it_came_and_was_decided(offices: Offices, faces: Faces) -> None:
    report, package = sent(offices, faces)
    accept(offices, package)
    copy = only(offices, report.code)
    assert (copy.state, copy.came_at, copy.decided_at) == ("accepted", offices.now, offices.now)
    assert copy.plan_title == offices.plan.title and copy.later == 0
    assert words.tone(copy) == "good"


def test_a_returned_one_says_why_and_that_a_later_one_stands(offices: Offices, faces: Faces) -> None:
    report, package = sent(offices, faces)
    item, _ = receiving.take_in(offices.city, package, "", "test", offices.now)
    answer = answering.send_back(
        offices.city, item.digest, "台数要核对", {}, None, offices.identity, "test", offices.now
    )
    assert (only(offices, report.code).state, only(offices, report.code).reason) == ("returned", "台数要核对")
    receiving.take_in(offices.county, offices.to_county(answer.digest), "", "test", offices.now)
    filling.next_revision(offices.county, offices.draft_report(), "test", offices.now)
    second, package = sent(offices, faces, "拆除9台。")
    receiving.take_in(offices.city, package, "", "test", offices.now)
    assert only(offices, report.code).later == 2
    assert only(offices, second.code).later == 0
    assert "第2次" in words.advice(only(offices, report.code))


def test_a_withdrawn_one_that_nobody_had_decided_on(offices: Offices, faces: Faces) -> None:
    report, package = sent(offices, faces)
    receiving.take_in(offices.city, package, "", "test", offices.now)
    _, notice = withdrawing.withdraw(offices.county, report.id, "数字有误", PASS_PHRASE, "test", offices.now)
    receiving.take_in(offices.city, offices.to_city(notice.digest), "", "test", offices.now)
    assert only(offices, report.code).state == "withdrawn"
    assert only(offices, report.code, at_county=True).state == "withdrawn"


def test_one_that_was_withdrawn_after_it_was_accepted(offices: Offices, faces: Faces) -> None:
    report, package = sent(offices, faces)
    accept(offices, package)
    _, notice = withdrawing.withdraw(offices.county, report.id, "数字有误", PASS_PHRASE, "test", offices.now)
    receiving.take_in(offices.city, offices.to_city(notice.digest), "", "test", offices.now)
    copy = only(offices, report.code)
    assert (copy.state, copy.taken_back, words.tone(copy)) == ("accepted", True, "warn")


def test_a_refused_file_is_told_as_refused(offices: Offices, faces: Faces) -> None:
    report, package = sent(offices, faces)
    item, _ = receiving.take_in(offices.city, package, "", "test", offices.now)
    refused = replace(item, state=InboxState.REFUSED, problem="certificate_revoked")
    offices.city.packages.put_inbox(refused)
    copy = only(offices, report.code)
    assert (copy.state, copy.problem) == ("refused", "certificate_revoked")
    assert dict(words.lines(copy))["原因"]


def test_the_county_knows_its_own_prints_in_every_state(offices: Offices, faces: Faces) -> None:
    report = offices.reviewed_report()
    assert only(offices, report.code, at_county=True).state == "reviewed"
    signed = signing.sign(offices.county, report.id, PASS_PHRASE, faces, "test", offices.now).report
    copy = only(offices, signed.code, at_county=True)
    assert (copy.state, copy.own, copy.came_at) == ("signed", True, None)
    assert recognise(offices.city, report.code).copies == ()


def test_a_slip_of_the_pen_is_told_with_its_place(offices: Offices, faces: Faces) -> None:
    report, package = sent(offices, faces)
    accept(offices, package)
    wrong = report.code[:-1] + ("B" if report.code[-1] != "B" else "C")
    found = recognise(offices.city, wrong)
    assert not found.copies
    assert [(near.copy.code, near.places) for near in found.near] == [(report.code, (16,))]
    assert "第4组第4个字" in words.nothing(found)[1]


def test_signs_that_look_alike_are_found_all_the_same(offices: Offices, faces: Faces) -> None:
    report, package = sent(offices, faces)
    accept(offices, package)
    blurred = report.code.translate(str.maketrans("OILB", "0118"))
    assert [copy.code for copy in recognise(offices.city, blurred).copies] == [report.code]


def test_none_of_them(offices: Offices, faces: Faces) -> None:
    _, package = sent(offices, faces)
    accept(offices, package)
    found = recognise(offices.city, "AAAA-BBBB-CCCC-DDDD")
    assert (found.copies, found.near, found.looked_at, found.unread) == ((), (), 1, 0)
    assert found.typed.candidates == ("AAAA-BBBB-CCCC-DDDD",)
    assert "1份报送" in words.nothing(found)[1]


def test_a_file_that_cannot_be_read_any_more_is_counted(offices: Offices, faces: Faces) -> None:
    report, package = sent(offices, faces)
    item, _ = receiving.take_in(offices.city, package, "", "test", offices.now)
    path = offices.city.packages.path(item.digest)
    path.chmod(0o644)
    path.write_bytes(b"altered")
    found = recognise(offices.city, report.code)
    assert (found.copies, found.unread) == ((), 1)
    assert "读不出来" in words.nothing(found)[1]


def test_looking_changes_nothing(offices: Offices, faces: Faces) -> None:
    report, package = sent(offices, faces)
    accept(offices, package)
    before = (offices.city.audit.records(), offices.city.reports.find(), offices.city.packages.inbox())
    recognise(offices.city, report.code)
    assert (
        offices.city.audit.records(),
        offices.city.reports.find(),
        offices.city.packages.inbox(),
    ) == before


def exported(offices: Offices, faces: Faces, at: datetime, choice: Choice, signed: bool = False) -> str:
    """A bulletin of the quarter written out; its code."""
    city = offices.city
    seen = summary(city, offices.plan.id, "2025Q1", offices.now)
    made = announced(city, seen, choice)
    identity = offices.identity if signed else None
    files = summary_files(made, faces, identity=identity, at=at)
    place = offices.stick / ("通报（已签名）.pdf" if signed else "通报.pdf")
    export_summary(city, made, files, place, offices.stick / "汇总.xlsx", "test", at)
    return city.bulletins.exported()[-1].code


def test_a_bulletin_of_the_city_says_when_it_was_exported(offices: Offices, faces: Faces) -> None:
    number = "云政办通报〔2025〕3号"
    code = exported(offices, faces, offices.now, Choice(number=number))
    found = recognise(offices.city, code.lower())
    assert not found.copies and (found.known, found.bulletins_at) == (True, 1)
    (bulletin,) = found.bulletins
    assert words.headline(bulletin) == f"{CITY.name}　2025年第一季度　通报"
    told = dict(words.bulletin_lines(bulletin))
    assert told["发文字号"] == number and "通报.pdf" in told["导出"]
    assert "最后导出的一份" in words.bulletin_advice(bulletin)
    pdf = (offices.stick / "通报.pdf").read_bytes()
    for typed in (bulletin.first.digest.upper(), digest_of(pdf)):
        assert recognise(offices.city, typed).bulletins == (bulletin,)
    assert offices.city.bulletins.file(bulletin.first.file) == pdf, "the very bytes"


def test_the_same_data_signed_is_the_same_bulletin_and_other_data_are_a_later_one(
    offices: Offices, faces: Faces
) -> None:
    code = exported(offices, faces, offices.now, Choice())
    assert exported(offices, faces, offices.now + timedelta(minutes=1), Choice(), signed=True) == code
    (bulletin,) = recognise(offices.city, code).bulletins
    assert [bool(file.signer) for file in bulletin.files] == [False, True] and bulletin.later is None
    at = offices.now + timedelta(days=1)
    other = exported(offices, faces, at, Choice(number="1号"))
    assert other != code
    assert recognise(offices.city, code).bulletins[0].later == at
    assert "又导出过一份" in words.bulletin_advice(recognise(offices.city, code).bulletins[0])
    assert recognise(offices.city, other).bulletins[0].later is None


def test_a_slip_in_a_bulletin_s_code_is_told_and_a_county_asks_the_city(
    offices: Offices, faces: Faces
) -> None:
    code = exported(offices, faces, offices.now, Choice())
    wrong = code[:-1] + ("B" if code[-1] != "B" else "C")
    found = recognise(offices.city, wrong)
    assert not found.known and [near.places for near in found.near] == [(16,)]
    assert "通报的码只有第4组第4个字不同" in words.nothing(found)[1]
    assert "1份通报也比过了" in words.nothing(recognise(offices.city, "AAAA-BBBB-CCCC-DDDD"))[1]
    there = recognise(offices.county, code)
    assert (there.known, there.bulletins_at) == (False, None) and "请市里核对" in words.nothing(there)[1]
