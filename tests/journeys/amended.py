"""A plan in two and three versions, with a city, a county and a park that report on it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path

from desktop.domain.plan import Duty, DutyRole, Measure, Plan, PlanDraft
from desktop.domain.quarter import QuarterCalendar
from desktop.domain.report import Entry, People, ProgressStatus, Reading, Report
from desktop.domain.targets import Comparator, Target
from desktop.domain.unit import Unit
from desktop.exchange.unlocking import SigningIdentity
from desktop.reports.fonts import Faces
from desktop.services import (
    amending,
    certifying,
    enrolling,
    filling,
    opening,
    planning,
    receiving,
    reviewing,
    sending,
    signing,
    surveying,
)
from desktop.storage import Store
from tests.conftest import TEST_ROUNDS
from tests.domain.measures import SENTENCES, plan_measures
from tests.journeys.offices import CITY, COUNTY, PARK, PASS_PHRASE, REGION

QUARTERS = ("2025Q1", "2025Q2")
TITLE = "云河市清洁空气行动方案"
PARK_ONLY = "m-006"


def first_document() -> PlanDraft:
    """Eight measures of two sentences; the park alone has the sixth, both have the first, the county the rest."""

    def duties(key: str) -> tuple[Duty, ...]:
        names = {"m-001": ("各县区政府", "各园区管委会"), PARK_ONLY: ("各园区管委会",)}
        implement = (Duty(DutyRole.IMPLEMENT, n) for n in names.get(key, ("各县区政府",)))
        return (Duty(DutyRole.LEAD, "生态环境局"), *implement)

    measures = tuple(replace(m, duties=duties(m.key)) for m in plan_measures(8))
    targets = (
        figure("t-001", "m-001", "拆除小锅炉", 12, "台"),
        figure("t-002", "m-002", "机扫率", None, "%"),
        figure("t-003", "m-003", "建成自动站", 3, "座"),
        figure("t-004", "m-003", "站房用地", 2, "处"),
        figure("t-005", "m-005", "新增电动公交", 40, "辆"),
    )
    return PlanDraft(TITLE, "云河市", measures, targets, file_name="方案.docx")


def figure(key: str, measure_key: str, indicator: str, value: int | None, unit: str) -> Target:
    wanted = None if value is None else Decimal(value)
    return Target(key, "1", 1, indicator, Comparator.AT_LEAST, wanted, unit, measure_key=measure_key)


def second_document() -> PlanDraft:
    """1 reworded, 2 and 6 under other numbers, 3 split, 4 and 5 merged, 7 as it was, 8 dropped, one new."""
    m = first_document().measures
    measures = (
        numbered(m[1], 1),
        numbered(replace(m[0], content=m[0].content.replace("十二台", "十五台")), 2),
        numbered(replace(m[2], content=SENTENCES[4]), 3),
        numbered(replace(m[2], title="落实站房用地", content=SENTENCES[5]), 4),
        numbered(replace(m[3], title="整治工地扬尘和公交尾气", content=m[3].content + m[4].content), 5),
        numbered(m[5], 6),
        numbered(m[6], 7),
        numbered(
            replace(m[7], title="清理河道垃圾", content="沿岸每百米设一名保洁员，漂浮物当日打捞上岸。"), 8
        ),
    )
    targets = (
        figure("t-001", "m-002", "拆除小锅炉", 15, "台"),
        figure("t-002", "m-001", "机扫率", None, "%"),
        figure("t-003", "m-003", "建成自动站", 3, "座"),
        figure("t-004", "m-004", "站房用地", 2, "处"),
        figure("t-005", "m-005", "新增电动公交", 40, "辆"),
    )
    return PlanDraft(TITLE, "云河市", measures, targets, file_name="方案修订.docx")


def third_document() -> PlanDraft:
    """As the second, but the piece split off in it goes into the measure about river rubbish, and 7 is dropped."""
    draft = second_document()
    m = draft.measures
    river = replace(m[7], content=m[7].content + m[3].content, task_no="7", key="m-007")
    targets = tuple(replace(t, measure_key="m-007") if t.key == "t-004" else t for t in draft.targets)
    return replace(draft, measures=(*m[:3], *m[4:6], river), targets=targets, file_name="方案三稿.docx")


def numbered(measure: Measure, at: int) -> Measure:
    return replace(measure, key=f"m-{at:03d}", task_no=str(at))


@dataclass
class Country:
    """Three workspaces and the folder that stands for the stick."""

    stick: Path
    city: Store
    county: Store
    park: Store
    identity: SigningIdentity
    now: datetime
    plan: Plan

    def amend(self, document: PlanDraft) -> Plan:
        """Imports a document, confirms everything, publishes."""
        return self.publish(self.imported(document))

    def imported(self, document: PlanDraft) -> str:
        draft = planning.resolve(document, self.city.units.region())
        compared = amending.compare_with(self.city, draft, self.plan.id)
        return planning.keep_draft(self.city, "", compared, self.now)

    def publish(self, draft_id: str) -> Plan:
        draft = self.city.plans.draft(draft_id)
        assert draft is not None
        said = amending.confirm_all(draft, amending.open_matches(draft))
        planning.keep_draft(self.city, draft_id, said, self.now)
        return amending.publish_amendment(self.city, draft_id, "test", self.now)

    def send_plan(self, unit: Unit) -> Path:
        (item,) = sending.distribute(self.city, self.plan.id, [unit.code], self.identity, "test", self.now)
        return sending.carry_out(self.city, [item.digest], self.stick, "test", self.now)[0].path

    def tell(self, store: Store, unit: Unit) -> None:
        receiving.take_in(store, self.send_plan(unit), "", "test", self.now)

    def begin(self, store: Store, quarter: str = QUARTERS[0]) -> Report:
        return filling.begin(store, self.plan.id, quarter, "test", self.now)

    def type(self, store: Store, report: Report, keys: Sequence[str] = (), figure: int = 7) -> None:
        """Fills these measures, or what is not filled yet, each with words and figures of its own."""
        for row in surveying.overview(store, report).rows:
            key = row.measure.key
            if key not in keys if keys else row.filled:
                continue
            readings = tuple(Reading(t.key, Decimal(figure)) for t in row.targets)
            words = f"{row.measure.title}：{report.quarter}做了{key}。"
            entry = Entry(
                key, ProgressStatus.ON_SCHEDULE, words, f"缺钱{key}", f"再筹{key}", readings=readings
            )
            filling.save_entry(store, report.id, entry, "test", self.now)

    def sign(self, store: Store, report: Report, faces: Faces) -> None:
        filling.name_people(store, report.id, People("李敏", "马晓东", "王建军", "0000-1"), "test", self.now)
        reviewing.review(store, report.id, "test", self.now)
        signing.sign(store, report.id, PASS_PHRASE, faces, "test", self.now)

    def submit(self, store: Store, report: Report) -> Path:
        return sending.submit(store, report.id, self.stick, "test", self.now)[1][-1].path

    def carry(self, receiver: Store, sender: Store, digest: str) -> None:
        path = sending.carry_out(sender, [digest], self.stick, "test", self.now)[0].path
        receiving.take_in(receiver, path, "", "test", self.now)

    def close(self) -> None:
        for store in (self.city, self.county, self.park):
            store.close()


def open_country(folder: Path, now: datetime) -> Country:
    """Everybody has keys; the city has published the first document and opened two quarters; nobody has it yet."""
    stick = folder / "U盘"
    stick.mkdir(parents=True)
    city = opening.create_workspace(folder / "市", CITY, REGION, "test", now)
    certifying.found_authority(city, "赵国强", PASS_PHRASE, TEST_ROUNDS, "test", now)
    identity = enrolling.signer(city, PASS_PHRASE)
    draft_id = planning.keep_draft(city, "", planning.resolve(first_document(), REGION), now)
    plan = planning.publish(city, draft_id, "test", now)
    for quarter in QUARTERS:
        days = [now.date() + timedelta(days=n) for n in (-3, 3, 9)]
        planning.open_quarter(city, plan.id, QuarterCalendar(quarter, *days), "test", now)
    county, park = (
        opening.create_workspace(folder / unit.short_name, unit, REGION, "test", now)
        for unit in (COUNTY, PARK)
    )
    made = Country(stick, city, county, park, identity, now, plan)
    for store, unit in ((county, COUNTY), (park, PARK)):
        _enrol(made, store, unit)
    return made


def _enrol(country: Country, store: Store, unit: Unit) -> None:
    city, now = country.city, country.now
    root = city.keys.trust()
    assert root is not None
    invitation = certifying.invite(city, unit.code, country.identity, "test", now)
    path = sending.carry_out(city, [invitation.digest], country.stick, "test", now)[0].path
    receiving.take_in(store, path, root.fingerprint, "test", now)
    request = enrolling.request_certificate(store, "王建军", PASS_PHRASE, TEST_ROUNDS, "test", now)
    path = sending.carry_out(store, [request.digest], country.stick, "test", now)[0].path
    item, _ = receiving.take_in(city, path, "", "test", now)
    opened = receiving.reinspect(city, item.digest, now).opened
    compared = enrolling.signing_state(store).fingerprint
    answer = certifying.certify(city, opened, compared, PASS_PHRASE, "test", now)
    country.carry(store, city, answer.digest)
