"""A small city with its county and park, each a workspace, and nothing between them but a folder."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path

from desktop.domain.identity import SignRole
from desktop.domain.plan import Duty, DutyRole, Measure, Plan, PlanDraft
from desktop.domain.quarter import QuarterCalendar
from desktop.domain.report import Entry, People, ProgressStatus, Reading, Report
from desktop.domain.targets import Comparator, Target
from desktop.domain.unit import CollectiveTerm, Region, Unit, UnitKind
from desktop.exchange.unlocking import SigningIdentity
from desktop.services import (
    certifying,
    enrolling,
    filling,
    opening,
    planning,
    receiving,
    reviewing,
    sending,
    surveying,
)
from desktop.storage import Store
from tests.conftest import TEST_ROUNDS

PASS_PHRASE = "口令 with spaces 1"
QUARTER = "2025Q1"

CITY = Unit("900000", "云河市人民政府", "云河市", UnitKind.CITY)
COUNTY = Unit("900001", "东川县人民政府", "东川县", UnitKind.COUNTY, ("东川县",))
PARK = Unit("900000-P1", "北塬工业园区管理委员会", "北塬工业园区", UnitKind.PARK)
OFFICE = Unit("900000-D01", "云河市生态环境局", "市生态环境局", UnitKind.DEPARTMENT, ("生态环境局",))
REGION = Region(
    "900000",
    "云河市",
    (CITY, COUNTY, PARK, OFFICE),
    (CollectiveTerm("各县区政府", ("900001",)), CollectiveTerm("各园区管委会", ("900000-P1",))),
)


def draft() -> PlanDraft:
    """Three measures: for both units, for the county alone, and for nobody yet."""

    def duties(*implement: str) -> tuple[Duty, ...]:
        return (Duty(DutyRole.LEAD, "生态环境局"), *(Duty(DutyRole.IMPLEMENT, name) for name in implement))

    measures = (
        Measure(
            "m-001", "1", 1, "", "拆除小锅炉", "年内拆除小锅炉12台。", duties("各县区政府", "各园区管委会")
        ),
        Measure("m-002", "2", 1, "", "清扫道路", "提高机扫率。", duties("各县区政府")),
        Measure("m-003", "3", 1, "", "监测网络", "建好监测站。", duties()),
    )
    target = Target(
        "t-001", "1", 1, "拆除小锅炉", Comparator.EQUAL, Decimal(12), "台", "2025年", measure_key="m-001"
    )
    return PlanDraft("云河市蓝天行动方案", "云河市", measures, (target,), file_name="方案.docx")


@dataclass
class Offices:
    """The workspaces of a city and its county, with the folder that stands for the stick."""

    stick: Path
    city: Store
    county: Store
    now: datetime
    identity: SigningIdentity
    plan: Plan

    def to_county(self, digest: str) -> Path:
        return sending.carry_out(self.city, [digest], self.stick, "test", self.now)[0].path

    def to_city(self, digest: str) -> Path:
        return sending.carry_out(self.county, [digest], self.stick, "test", self.now)[0].path

    def draft_report(self) -> Report:
        return filling.begin(self.county, self.plan.id, QUARTER, "test", self.now)

    def fill(self, report: Report, progress: str = "拆除7台，其余已签合同。") -> None:
        for row in surveying.overview(self.county, report).rows:
            readings = tuple(Reading(t.key, Decimal(7)) for t in row.targets)
            entry = Entry(row.measure.key, ProgressStatus.ON_SCHEDULE, progress, readings=readings)
            filling.save_entry(self.county, report.id, entry, "test", self.now)
        filling.name_people(
            self.county, report.id, People("李敏", "马晓东", "王建军", "0000-1234567"), "test", self.now
        )

    def reviewed_report(self, progress: str = "拆除7台，其余已签合同。") -> Report:
        report = self.draft_report()
        self.fill(report, progress)
        return reviewing.review(self.county, report.id, "test", self.now)


def open_offices(folder: Path, now: datetime, plan_draft: PlanDraft | None = None) -> Offices:
    """City and county with keys, a published plan and an open quarter; the county has its plan package."""
    stick = folder / "U盘"
    stick.mkdir(parents=True)
    city = opening.create_workspace(folder / "市", CITY, REGION, "test", now)
    county = opening.create_workspace(folder / "县", COUNTY, replace(REGION, terms=()), "test", now)
    certifying.found_authority(city, "赵国强", PASS_PHRASE, TEST_ROUNDS, "test", now)
    identity = enrolling.signer(city, PASS_PHRASE)
    draft_id = planning.keep_draft(city, "", planning.resolve(plan_draft or draft(), REGION), now)
    plan = planning.publish(city, draft_id, "test", now)
    today = now.date()
    calendar = QuarterCalendar(
        QUARTER, today - timedelta(days=3), today + timedelta(days=3), today + timedelta(days=9)
    )
    planning.open_quarter(city, plan.id, calendar, "test", now)
    offices = Offices(stick, city, county, now, identity, plan)
    root = city.keys.trust()
    assert root is not None
    invitation = certifying.invite(city, COUNTY.code, identity, "test", now)
    receiving.take_in(county, offices.to_county(invitation.digest), root.fingerprint, "test", now)
    (package,) = sending.distribute(city, plan.id, [COUNTY.code], identity, "test", now)
    receiving.take_in(county, offices.to_county(package.digest), "", "test", now)
    return offices


def enrol(
    offices: Offices,
    person: str = "王建军",
    role: SignRole = SignRole.ISSUER,
    passphrase: str = PASS_PHRASE,
    anew: bool = False,
) -> None:
    """The county's certificate of a role, by request and answer; `anew` in place of one that still holds."""
    now = offices.now
    request = enrolling.request_certificate(
        offices.county, person, passphrase, TEST_ROUNDS, "test", now, role, anew
    )
    item, _ = receiving.take_in(offices.city, offices.to_city(request.digest), "", "test", now)
    opened = receiving.reinspect(offices.city, item.digest, now).opened
    compared = enrolling.signing_state(offices.county, role).fingerprint
    answer = certifying.certify(offices.city, opened, compared, PASS_PHRASE, "test", now)
    receiving.take_in(offices.county, offices.to_county(answer.digest), "", "test", now)
