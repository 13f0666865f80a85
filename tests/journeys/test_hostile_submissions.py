"""Submissions of a unit that signs with its true key what no program of ours would write: each refused by
its own code, with nothing changed in the city's books.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from desktop.domain.codec import canonical_bytes, digest_of
from desktop.domain.errors import UserError
from desktop.domain.identity import SignRole
from desktop.domain.letter import LetterSection, SectionName
from desktop.domain.package import FORMAT, PackageHeader, PackageKind
from desktop.domain.report import Evidence, Reading, ReportDocument
from desktop.domain.schedule import Past, Standing
from desktop.domain.signatures import FieldPlace
from desktop.domain.targets import Accumulation
from desktop.domain.unit import UnitRef
from desktop.exchange.packages import assemble, read_header
from desktop.exchange.signing import sign_pdf
from desktop.exchange.submission import SubmissionPayload, write_submission
from desktop.reports.fonts import Faces
from desktop.reports.ledger_sheet import render_unit_ledger
from desktop.reports.unit_report import render_unit_report
from desktop.services import answering, enrolling, receiving, reviewing
from desktop.wording import errors, inspection
from tests.journeys.offices import CITY, COUNTY, PASS_PHRASE, QUARTER, Offices
from tests.wording.test_sentences_are_filled import HOLES

Change = Callable[[ReportDocument], ReportDocument]


pytestmark = pytest.mark.usefixtures("enrolled")


@dataclass
class Forge:
    """Signs any document as the county, in a package whose header says what it is told to say."""

    offices: Offices
    faces: Faces

    def document(self) -> ReportDocument:
        report = self.offices.county.reports.latest(self.offices.plan.id, COUNTY.code, QUARTER)
        report = report or self.offices.reviewed_report()
        return reviewing.frozen_document(self.offices.county, report)[0]

    def package(self, document: ReportDocument, **header: Any) -> Path:
        identity = enrolling.signer(self.offices.county, PASS_PHRASE)
        data = canonical_bytes(document)
        rendered = render_unit_report(self.document(), self.faces)
        pdf = sign_pdf(
            rendered.pdf, identity, data, "x", (FieldPlace(SignRole.ISSUER, 0, None),), self.offices.now
        )
        evidence = {e.digest: b"" for row in document.rows for e in row.entry.evidence}
        files = write_submission(
            SubmissionPayload(document, data, pdf, render_unit_ledger(self.document()), evidence)
        )
        said = PackageHeader(
            FORMAT, FORMAT, PackageKind.SUBMISSION, uuid.uuid4().hex, COUNTY.ref, CITY.ref,
            f"{self.offices.plan.id}/{QUARTER}", 1, "", self.offices.now, "test", self.offices.plan.digest,
        )  # fmt: skip
        path = self.offices.stick / f"{uuid.uuid4().hex}.jbx"
        path.write_bytes(assemble(replace(said, **header), files, identity))
        return path

    def refused(self, path: Path) -> str:
        """The code with which the city refuses a file, after seeing that its books stay as they were."""
        city = self.offices.city
        before = city.reports.find(), city.packages.outbox()
        with pytest.raises(UserError) as refused:
            item, _ = receiving.take_in(city, path, "", "test", self.offices.now)
            answering.accept(city, item.digest, self.offices.identity, "", "test", self.offices.now)
        assert (city.reports.find(), city.packages.outbox()) == before
        assert city.audit.verify() is None
        assert not HOLES.search(errors.one_line(refused.value)), errors.one_line(refused.value)
        for item in city.packages.inbox():
            for fact in receiving.reinspect(city, item.digest, self.offices.now).facts:
                assert not HOLES.search("".join(inspection.told(fact))), inspection.told(fact)
        return refused.value.code


@pytest.fixture
def forge(offices: Offices, faces: Faces) -> Forge:
    return Forge(offices, faces)


def first_row(**changes: Any) -> Change:
    def change(document: ReportDocument) -> ReportDocument:
        row, *others = document.rows
        return replace(document, rows=(replace(row, **changes), *others))

    return change


def first_entry(**changes: Any) -> Change:
    def change(document: ReportDocument) -> ReportDocument:
        return first_row(entry=replace(document.rows[0].entry, **changes))(document)

    return change


def letter(**changes: Any) -> Change:
    def change(document: ReportDocument) -> ReportDocument:
        assert document.letter is not None
        return replace(document, letter=replace(document.letter, **changes))

    return change


def easier_target(document: ReportDocument) -> ReportDocument:
    (target,) = document.rows[0].targets
    return first_row(targets=(replace(target, value=Decimal(1)),))(document)


def other_standing(**changes: Any) -> Change:
    def change(document: ReportDocument) -> ReportDocument:
        (target,) = document.rows[0].targets
        plain = Standing(target.key, quarter=document.quarter)
        return first_row(standings=(replace(plain, **changes),))(document)

    return change


def of_past(quarter: str) -> tuple[Past, ...]:
    return (Past(quarter, Decimal(3), Accumulation.QUARTER, "次"),)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda d: replace(d, unit=UnitRef("900000-P1", "北塬工业园区管理委员会")), "unit_differs"),
        (lambda d: replace(d, unit=UnitRef(COUNTY.code, "北塬工业园区管理委员会")), "unit_differs"),
        (lambda d: replace(d, superior=UnitRef("800000", "别的市人民政府")), "not_for_us"),
        (lambda d: replace(d, quarter="2025Q2"), "stream_differs"),
        (lambda d: replace(d, quarter="../../2025Q1"), "package_content_wrong"),
        (lambda d: replace(d, revision=0), "package_content_wrong"),
        (lambda d: replace(d, revision=10**30), "package_content_wrong"),
        (lambda d: replace(d, schema=2), "package_content_wrong"),
        (lambda d: replace(d, plan=replace(d.plan, version=99)), "plan_differs"),
        (lambda d: replace(d, plan=replace(d.plan, id="f" * 32)), "stream_differs"),
        (lambda d: replace(d, plan=replace(d.plan, title="另一个方案")), "plan_differs"),
        (lambda d: replace(d, rows=(*d.rows, d.rows[0])), "rows_differ"),
        (lambda d: replace(d, rows=d.rows[:1]), "rows_differ"),
        (first_row(content="年内拆除小锅炉1台。"), "rows_differ"),
        (easier_target, "rows_differ"),
        (first_entry(measure_key="m-002"), "rows_differ"),
        (first_entry(readings=(Reading("t-999", Decimal(7)),)), "rows_differ"),
        (first_entry(readings=(Reading("t-001", Decimal(7)), Reading("t-001", Decimal(9)))), "rows_differ"),
        (other_standing(target_key="t-999"), "package_content_wrong"),
        (other_standing(quarter="2024Q4"), "rows_differ"),
        (other_standing(due=Decimal(1), by_city=True), "rows_differ"),
        (other_standing(trend=of_past("2024Q4")), "rows_differ"),
        (other_standing(last=of_past("2024Q4")[0]), "rows_differ"),
        (first_entry(status=None), "rows_unfilled"),
        (letter(number="清政报\n〔2025〕1号"), "package_content_wrong"),
        (letter(addressee="云河市\u202e政府"), "package_content_wrong"),
        (letter(issuer="县" * 5000), "package_content_wrong"),
        (letter(sections=(LetterSection(SectionName.NEXT, "\x1b[2J"),)), "package_content_wrong"),
        (letter(sections=(LetterSection(SectionName.NEXT, "字" * 30_000),)), "package_content_wrong"),
        (letter(sections=(LetterSection(SectionName.NEXT, "甲"),) * 9), "package_content_wrong"),
        (first_entry(evidence=(Evidence("../../x", "x.pdf", 0),)), "package_content_wrong"),
    ],
)
def test_document_that_does_not_fit_is_refused(forge: Forge, change: Change, code: str) -> None:
    try:
        path = forge.package(change(forge.document()))
    except ValueError:
        assert code == "package_content_wrong", "even the container has no place for it"
        return
    assert forge.refused(path) == code


@pytest.mark.parametrize(
    ("header", "code"),
    [
        ({"stream": "enrolment"}, "stream_differs"),
        ({"stream": "x" * 100_000}, "package_header_wrong"),
        ({"sequence": 10**30}, "package_header_wrong"),
        ({"issuer": UnitRef(COUNTY.code, CITY.name)}, "signer_not_issuer"),
        ({"issuer": UnitRef("900000-P1", "北塬工业园区管理委员会")}, "signer_not_issuer"),
        ({"recipient": UnitRef("900000-P1", "北塬工业园区管理委员会")}, "not_for_us"),
        ({"kind": PackageKind.PLAN}, "wrong_direction"),
        ({"sequence": 2}, "sequence_gap"),
        ({"plan_digest": ""}, "plan_differs"),
    ],
)
def test_header_that_does_not_fit_is_refused(forge: Forge, header: dict[str, object], code: str) -> None:
    assert forge.refused(forge.package(forge.document(), **header)) == code


def test_plan_of_another_city_is_refused(forge: Forge) -> None:
    document = forge.document()
    document = replace(document, plan=replace(document.plan, id="f" * 32))
    assert forge.refused(forge.package(document, stream=f"{'f' * 32}/{QUARTER}")) == "plan_unknown"


def test_quarter_that_the_city_never_opened_is_refused(forge: Forge) -> None:
    stream = f"{forge.offices.plan.id}/2031Q4"
    document = replace(forge.document(), quarter="2031Q4")
    assert forge.refused(forge.package(document, stream=stream)) == "quarter_unknown"


def accepted(forge: Forge, path: Path) -> str:
    now = forge.offices.now
    item, _ = receiving.take_in(forge.offices.city, path, "", "test", now)
    answering.accept(forge.offices.city, item.digest, forge.offices.identity, "", "test", now)
    return item.digest


def test_accepted_revision_is_not_replaced_by_an_equal_or_older_one(forge: Forge) -> None:
    second = replace(forge.document(), revision=2)
    accepted(forge, forge.package(second))
    for number, revision in ((2, 2), (3, 1)):
        other = replace(first_entry(progress="另写的。")(second), revision=revision)
        path = forge.package(other, sequence=2)
        assert forge.refused(path) == "revision_old", number


def test_superseded_revision_cannot_be_returned_any_more(forge: Forge) -> None:
    """Otherwise the city's books would say that an old revision was returned after the new one was taken."""
    offices = forge.offices
    first = accepted(forge, forge.package(forge.document()))
    accepted(forge, forge.package(replace(forge.document(), revision=2), sequence=2, previous=first))
    before = offices.city.reports.find()
    with pytest.raises(UserError) as refused:
        answering.send_back(offices.city, first, "请改", {}, None, offices.identity, "test", offices.now)
    assert refused.value.code == "revision_old"
    assert offices.city.reports.find() == before


def test_missing_one_filled_in_makes_the_waiting_one_acceptable(forge: Forge) -> None:
    offices = forge.offices
    first = forge.package(forge.document())
    digest = digest_of(first.read_bytes())
    second = forge.package(replace(forge.document(), revision=2), sequence=2, previous=digest)
    item, _ = receiving.take_in(offices.city, second, "", "test", offices.now)
    assert item.problem == "sequence_gap"
    assert forge.refused(second) == "sequence_gap"
    accepted(forge, first)
    answering.accept(offices.city, item.digest, offices.identity, "", "test", offices.now)
    kept = offices.city.packages.inbox_item(item.digest)
    assert kept is not None and kept.problem == ""
    assert [r.revision for r in offices.city.reports.find()] == [1, 2]


@pytest.mark.parametrize("previous", ["", "0" * 64])
def test_the_next_one_must_stand_behind_the_last_that_was_decided(forge: Forge, previous: str) -> None:
    accepted(forge, forge.package(forge.document()))
    path = forge.package(replace(forge.document(), revision=2), sequence=2, previous=previous)
    assert forge.refused(path) == "sequence_forked"


def test_paper_that_carries_other_data_is_refused(forge: Forge) -> None:
    """The PDF is what the leaders read: it must say what the package says."""
    offices, document = forge.offices, forge.document()
    identity = enrolling.signer(offices.county, PASS_PHRASE)
    rendered = render_unit_report(document, forge.faces)
    for carried, code in ((b"{}", "paper_differs"), (None, "paper_altered")):
        pdf = sign_pdf(
            rendered.pdf, identity, carried, "x", (FieldPlace(SignRole.ISSUER, 0, None),), offices.now
        )
        pdf = pdf if carried else pdf + b"\n% added"
        files = write_submission(
            SubmissionPayload(document, canonical_bytes(document), pdf, render_unit_ledger(document), {})
        )
        path = forge.package(document)
        header = replace(read_header(path.read_bytes()), files=())
        path.write_bytes(assemble(header, files, identity))
        assert forge.refused(path) == code


def test_paper_signed_by_somebody_else_than_it_names_is_refused(forge: Forge) -> None:
    document = forge.document()
    document = replace(document, people=replace(document.people, issuer="赵国强"))
    assert forge.refused(forge.package(document)) == "paper_person"
