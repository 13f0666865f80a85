"""Every kind of payload: out and in again, and nothing that is not exactly one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from desktop.domain.codec import canonical_bytes, digest_of
from desktop.domain.errors import UnreadableError
from desktop.domain.letter import Letter, LetterSection, SectionName
from desktop.domain.plan import Duty, DutyRole, Measure, Plan
from desktop.domain.quarter import Quarter, QuarterCalendar
from desktop.domain.report import (
    Entry,
    Evidence,
    People,
    PlanRef,
    ProgressStatus,
    Reading,
    ReportDocument,
    ReportRow,
)
from desktop.domain.schedule import Past, Standing
from desktop.domain.targets import Comparator, Target
from desktop.domain.unit import CollectiveTerm, Region, Unit, UnitKind
from desktop.exchange import answer, enrolment, plan_package, submission
from desktop.exchange.packages import open_package, seal

from .offices import CITY, COUNTY, NOW, Office, header_of

Writer = Callable[[Any], dict[str, bytes]]
Reader = Callable[[Mapping[str, bytes]], Any]

UNITS = (
    Unit(CITY.code, CITY.name, "云川", UnitKind.CITY),
    Unit(COUNTY.code, COUNTY.name, "清禾县", UnitKind.COUNTY, ("清禾",)),
)
REGION = Region(CITY.code, "云川市", UNITS, (CollectiveTerm("各县人民政府", (COUNTY.code,)),))
TARGET = Target("t1", "2", 1, "细颗粒物", Comparator.AT_MOST, Decimal("31.50"), "微克/立方米")
PLAN = Plan(
    "plan-1",
    2,
    "云川市空气质量改善行动",
    CITY.code,
    CITY.name,
    (Measure("m1", "2", 1, "能源", "锅炉", "淘汰小锅炉", (Duty(DutyRole.LEAD, "某局"),)),),
    (TARGET,),
)
PHOTO = b"\x89PNG" + bytes(50)
ENTRY = Entry(
    "m1",
    ProgressStatus.BEHIND,
    "已拆除2台。",
    readings=(Reading("t1", Decimal("32.0")),),
    evidence=(Evidence(digest_of(PHOTO), "照片.png", len(PHOTO)),),
)
ROW = ReportRow("m1", "2", 0, "能源", "锅炉", "淘汰小锅炉", ("某局",), (), "", "", (TARGET,), (), ENTRY)
DOCUMENT = ReportDocument(
    1,
    PlanRef("plan-1", 2, PLAN.title, PLAN.digest),
    COUNTY,
    CITY,
    "2026Q1",
    1,
    People("李敏", "马晓东", "王建国", "0000-1234567"),
    date(2026, 4, 8),
    (ROW,),
    Letter(
        COUNTY.name, CITY.name, "生态环境局", "清政报〔2026〕1号", True, True, True, True,
        (LetterSection(SectionName.OVERALL, "总体平稳。"),),
    ),
)  # fmt: skip
SUBMISSION = submission.SubmissionPayload(
    DOCUMENT, canonical_bytes(DOCUMENT), b"%PDF-", b"PK", {digest_of(PHOTO): PHOTO}
)


def payloads(office: Office) -> dict[str, tuple[Any, Writer, Reader]]:
    a = office.authority
    answered = answer.AnswerPayload(
        outcome="returned",
        report_digest="ab" * 32,
        plan_id="plan-1",
        quarter="2026Q1",
        revision=1,
        reason="佐证不全",
        entries={"m1": "缺照片"},
        due=date(2026, 4, 20),
        last_sequence=3,
        crls=a.crls,
        crl_number=1,
    )
    calendars = (QuarterCalendar.usual(Quarter(2026, 1)), QuarterCalendar.usual(Quarter(2026, 2)))
    return {
        "plan": (
            plan_package.PlanPayload(PLAN, REGION, calendars, CITY, a.root, a.issuing, a.crls, 1),
            plan_package.write_plan,
            plan_package.read_plan,
        ),
        "submission": (SUBMISSION, submission.write_submission, submission.read_submission),
        "answer": (answered, answer.write_answer, answer.read_answer),
        "invitation": (
            enrolment.InvitationPayload(COUNTY, UnitKind.COUNTY, CITY, REGION, a.root, a.issuing, a.crls, 1),
            enrolment.write_invitation,
            enrolment.read_invitation,
        ),
        "request": (
            enrolment.RequestPayload(COUNTY, "王建国", office.csr),
            enrolment.write_request,
            enrolment.read_request,
        ),
        "certificate": (
            enrolment.CertificatePayload(COUNTY, office.certificate, a.issuing, a.crls, 1, a.root),
            enrolment.write_certificate,
            enrolment.read_certificate,
        ),
    }


KINDS = ["plan", "submission", "answer", "invitation", "request", "certificate"]


@pytest.mark.parametrize("kind", KINDS)
def test_round_trip_through_a_sealed_package(office: Office, kind: str) -> None:
    payload, write, read = payloads(office)[kind]
    assert read(write(payload)) == payload
    opened = open_package(seal(header_of(), write(payload), office.county), office.trust, NOW)
    assert opened.verification.holds
    assert read(opened.files) == payload


def refused(read: Reader, files: Mapping[str, bytes]) -> str:
    with pytest.raises(UnreadableError) as caught:
        read(files)
    assert caught.value.code == "package_content_wrong"
    return str(caught.value.facts["detail"])


@pytest.mark.parametrize("kind", KINDS)
def test_a_file_more_or_less_or_broken_is_refused(office: Office, kind: str) -> None:
    payload, write, read = payloads(office)[kind]
    files = write(payload)
    assert "extra.json: unexpected" in refused(read, {**files, "extra.json": b"{}"})
    for name, content in files.items():
        assert name in refused(read, {n: c for n, c in files.items() if n != name})
        if name.endswith((".json", ".pem", ".csr")):
            assert name in refused(read, {**files, name: b"\xff" + content})
        if name.endswith(".json"):
            assert name in refused(read, {**files, name: content[:-1] + b',"more":1}'})
            assert "not canonical" in refused(read, {**files, name: content + b"\n"})


def test_evidence_is_exactly_what_the_document_names() -> None:
    files = submission.write_submission(SUBMISSION)
    name = "evidence/" + digest_of(PHOTO)
    assert "other content" in refused(submission.read_submission, {**files, name: PHOTO + b"x"})
    assert "unexpected" in refused(submission.read_submission, {**files, "evidence/" + "0" * 64: b""})
    row = replace(ROW, entry=replace(ENTRY, evidence=(Evidence(digest_of(PHOTO), "照片.png", 7),)))
    lying = canonical_bytes(replace(DOCUMENT, rows=(row,)))
    assert "other content" in refused(submission.read_submission, {**files, "report.json": lying})


def test_standings_are_of_the_row_s_own_targets_and_look_back_a_bounded_time() -> None:
    files = submission.write_submission(SUBMISSION)
    past = Past("2025Q4", Decimal(35), TARGET.accumulation, TARGET.unit)
    good = Standing("t1", Decimal(33), False, past, (past,), "2026Q1")
    long = replace(good, trend=tuple(replace(past, quarter=f"{1000 + n}Q1") for n in range(42)))

    def read(*standings: Standing) -> dict[str, bytes]:
        return {
            **files,
            "report.json": canonical_bytes(replace(DOCUMENT, rows=(replace(ROW, standings=standings),))),
        }

    assert submission.read_submission(read(good)).document.rows[0].standings == (good,)
    for standings in (
        (good, good),
        (replace(good, target_key="t2"),),
        (long,),
        (replace(good, quarter="now"),),
        (replace(good, last=replace(past, quarter="2025-12")),),
        (replace(good, last=replace(past, unit="吨" * 101)),),
    ):
        assert "standings" in refused(submission.read_submission, read(*standings))


def test_an_answer_says_one_of_two_things(office: Office) -> None:
    payload, write, read = payloads(office)["answer"]
    for change in ({"outcome": "perhaps"}, {"revision": 0}, {"quarter": "2026Q5"}, {"last_sequence": -1}):
        assert "answer.json" in refused(read, write(replace(payload, **change)))
    without = replace(payload, outcome="accepted", due=None, crls=b"", crl_number=0)
    assert read(write(without)) == without


def test_requests_and_certificates_are_for_the_unit_they_name(office: Office) -> None:
    request, write, read = payloads(office)["request"]
    assert "another" in refused(read, write(replace(request, person="别人")))
    certificate, write, read = payloads(office)["certificate"]
    assert "another" in refused(read, write(replace(certificate, unit=CITY)))
