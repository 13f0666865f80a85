"""The whole job on one computer, with only folders between city and units: what `demo` runs and checks use."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

from desktop.domain.bulletin import BulletinPart
from desktop.domain.errors import RefusedError, UnreadableError
from desktop.domain.plan import GOALS, Plan, PlanDraft
from desktop.domain.progress import Progress, silent
from desktop.domain.quarter import QuarterCalendar
from desktop.domain.report import People
from desktop.domain.unit import Region, Unit
from desktop.exchange.certificates import DEFAULT_ROUNDS
from desktop.exchange.unlocking import SigningIdentity
from desktop.paths import Paths
from desktop.reports.fonts import Faces, load_faces
from desktop.services import (
    announcing,
    answering,
    certifying,
    citywide,
    enrolling,
    exporting,
    filling,
    opening,
    planning,
    receiving,
    reviewing,
    sending,
    signing,
    summarising,
    surveying,
    writing,
)
from desktop.services.inventing import Inventor, load_phrases
from desktop.services.opening import SAMPLE_PASSPHRASE as PASSPHRASE
from desktop.storage import Store

ACTOR = "演示"
T = TypeVar("T")


@dataclass
class Clock:
    """Adds up how long each step took, in seconds."""

    seconds: dict[str, float]

    def measure(self, step: str, work: Callable[[], T]) -> T:
        begun = time.perf_counter()
        try:
            return work()
        finally:
            self.seconds[step] = round(self.seconds.get(step, 0.0) + time.perf_counter() - begun, 3)


@dataclass(frozen=True)
class Scene:
    """What every step of the demonstration needs."""

    out: Path
    paths: Paths
    quarter: str
    region: Region
    faces: Faces
    rounds: int
    now: datetime
    clock: Clock
    inventor: Inventor


def demonstrate(
    out: Path, paths: Paths, plan_file: Path | None, quarter: str, region_code: str | None, now: datetime, *,
    rounds: int = DEFAULT_ROUNDS, progress: Progress = silent,
) -> dict[str, Any]:  # fmt: skip
    """Runs the main job into the new folder `out` and returns what `out/demo.json` then holds.

    One city workspace and one per implementing unit; entries come from a generator seeded by unit and
    quarter, so the same plan gives the same words. Raises RefusedError(`workspace_not_empty`, folder),
    UnreadableError(`city_unknown`, city) and what the steps raise.
    """
    if out.is_dir() and any(out.iterdir()):
        raise RefusedError("workspace_not_empty", folder=str(out))
    clock = Clock({})
    source = plan_file or paths.sample / "plan_table.docx"
    regions = opening.shipped_regions(paths.regions)
    draft = clock.measure("read", lambda: planning.read_document(source, regions))
    region = chosen_region(regions, region_code, draft.city)
    faces = clock.measure("fonts", lambda: load_faces(paths.fonts))
    scene = Scene(
        out, paths, quarter, region, faces, rounds, now, clock, Inventor(load_phrases(paths.sample))
    )
    for folder in ("exchange/down", "exchange/up", "city/summary", "trust"):
        writing.new_folder(out / folder)
    city = opening.create_workspace(out / "city" / "workspace", region.city, region, ACTOR, now)
    try:
        made = _play(scene, city, planning.resolve(draft, region), progress)
    finally:
        city.close()
    exporting.write_named({out / "demo.json": exporting.pretty_json(made)})
    return made


def chosen_region(regions: tuple[Region, ...], code: str | None, city: str) -> Region:
    found = (
        next((r for r in regions if code in (r.code, r.name)), None)
        if code
        else opening.region_for_city(regions, city)
    )
    if found is None:
        raise UnreadableError("city_unknown", city=code or city)
    return found


def _play(scene: Scene, city: Store, draft: PlanDraft, progress: Progress) -> dict[str, Any]:
    measure = scene.clock.measure
    person = scene.inventor.person(scene.region.code)
    measure(
        "keys", lambda: certifying.found_authority(city, person, PASSPHRASE, scene.rounds, ACTOR, scene.now)
    )
    identity = measure("keys", lambda: enrolling.signer(city, PASSPHRASE))
    plan = measure("publish", lambda: publish(scene, city, draft))
    today = scene.now.date()
    calendar = QuarterCalendar(
        scene.quarter, today - timedelta(days=5), today + timedelta(days=10), today + timedelta(days=20)
    )
    planning.open_quarter(city, plan.id, calendar, ACTOR, scene.now)
    units = [u for c in sending.recipients(city, plan.id) if (u := scene.region.find(c)) is not None]
    stores = [
        opening.create_workspace(scene.out / "units" / u.code, u, scene.region, ACTOR, scene.now)
        for u in units
    ]
    lines = []
    try:
        measure("enrol", lambda: enrol(scene, city, stores, identity, progress))
        measure("distribute", lambda: distribute(scene, city, plan, stores, identity))
        for done, (unit, store) in enumerate(zip(units, stores, strict=True)):
            progress("report", done, len(units))
            lines.append(report_quarter(scene, store, unit, plan))
    finally:
        for store in stores:
            store.close()
    accepted = measure("receive", lambda: _receive(scene, city, lines, identity))
    measure("receipts", lambda: _receipts(scene, city, units))
    own = measure("fill", lambda: fill_city(city, plan, scene.quarter, scene.inventor, scene.now))
    summary = measure("summary", lambda: _summary(scene, city, plan, identity))
    _trust(scene, city)
    measures = plan.own_measures
    safeguards = len({m.task_no for m in measures if not m.task_no.isdigit()})
    return {
        "plan": {
            "title": plan.title, "tasks": plan.task_count, "safeguards": safeguards, "measures": len(measures),
            "goals": len(plan.measures) - len(measures), "targets": len(plan.targets),
            "unassigned": sum(not m.implementers for m in measures),
        },
        "units": lines,
        "city": {"accepted": accepted, "returned": 0, "targets": own, **summary},
        "trust": {"root": "trust/root.pem", "crl": "trust/crl.pem"},
        "seconds": dict(scene.clock.seconds),
    }  # fmt: skip


def publish(scene: Scene, city: Store, draft: PlanDraft) -> Plan:
    """The draft as the city's plan."""
    draft_id = planning.keep_draft(city, "", draft, scene.now)
    return planning.publish(city, draft_id, ACTOR, scene.now)


def enrol(
    scene: Scene, city: Store, stores: list[Store], identity: SigningIdentity, progress: Progress
) -> None:
    """Invitation, request and certificate for every unit, each carried as a file, each fingerprint compared."""
    down, up = scene.out / "exchange" / "down", scene.out / "exchange" / "up"
    root = city.keys.trust()
    assert root is not None
    for done, store in enumerate(stores):
        progress("enrol", done, len(stores))
        code = store.workspace.unit.code
        invitation = certifying.invite(city, code, identity, ACTOR, scene.now)
        written = sending.carry_out(city, [invitation.digest], down, ACTOR, scene.now)
        receiving.take_in(store, written[0].path, root.fingerprint, ACTOR, scene.now)
        person = scene.inventor.person(code)
        request = enrolling.request_certificate(store, person, PASSPHRASE, scene.rounds, ACTOR, scene.now)
        written = sending.carry_out(store, [request.digest], up, ACTOR, scene.now)
        item, _ = receiving.take_in(city, written[0].path, "", ACTOR, scene.now)
        opened = receiving.reinspect(city, item.digest, scene.now).opened
        compared = enrolling.signing_state(store).fingerprint
        answer = certifying.certify(city, opened, compared, PASSPHRASE, ACTOR, scene.now)
        written = sending.carry_out(city, [answer.digest], down, ACTOR, scene.now)
        receiving.take_in(store, written[0].path, "", ACTOR, scene.now)


def distribute(scene: Scene, city: Store, plan: Plan, stores: list[Store], identity: SigningIdentity) -> None:
    """Plan packages for these units, carried as files and taken in."""
    codes = [store.workspace.unit.code for store in stores]
    items = sending.distribute(city, plan.id, codes, identity, ACTOR, scene.now)
    written = sending.carry_out(
        city, [i.digest for i in items], scene.out / "exchange" / "down", ACTOR, scene.now
    )
    for store, file in zip(stores, written, strict=True):
        receiving.take_in(store, file.path, "", ACTOR, scene.now)


def report_quarter(scene: Scene, store: Store, unit: Unit, plan: Plan) -> dict[str, Any]:
    """One unit's quarter: filled, reviewed, signed and carried out."""
    measure, now = scene.clock.measure, scene.now
    report = filling.begin(store, plan.id, scene.quarter, ACTOR, now)
    measure("fill", lambda: fill(store, report.id, unit, scene.inventor, now))
    names = [scene.inventor.person(f"{unit.code}{who}") for who in ("preparer", "reviewer")]
    people = People(names[0], names[1], scene.inventor.person(unit.code), scene.inventor.phone(unit.code))
    filling.name_people(store, report.id, people, ACTOR, now)
    measure("review", lambda: reviewing.review(store, report.id, ACTOR, now))
    measure("sign", lambda: signing.sign(store, report.id, PASSPHRASE, scene.faces, ACTOR, now))
    out = scene.out.absolute()
    folder = out / "exchange" / "up" / unit.code
    folder.mkdir(parents=True, exist_ok=True)
    _, written = measure("write", lambda: sending.submit(store, report.id, folder, ACTOR, now))
    pdf, workbook, package = (file.path.relative_to(out).as_posix() for file in written)
    rows = surveying.overview(store, store.reports.get(report.id)).rows
    goals = sum(row.measure.key == GOALS for row in rows)
    return {
        "code": unit.code, "name": unit.name, "kind": unit.kind.value,
        "assignments": len(rows) - goals, "goals": goals,
        "report_pdf": pdf, "report_xlsx": workbook, "package": package,
    }  # fmt: skip


def fill(
    store: Store, report_id: str, unit: Unit, inventor: Inventor, now: datetime, share: float = 1.0
) -> None:
    """Fills a share of a draft's measures with invented entries, evidence among them."""
    seen = surveying.overview(store, store.reports.get(report_id))
    for row in seen.rows[: round(len(seen.rows) * share)]:
        entry = inventor.entry(unit, seen.quarter, row)
        for name, data in inventor.evidence(unit, row, entry):
            kept = store.evidence.add_bytes(data, name)
            entry = inventor.with_evidence(entry, kept)
        saved = filling.save_entry(store, report_id, entry, ACTOR, now).row
        if any(finding.wants_explanation for finding in saved.findings):
            filling.save_entry(store, report_id, inventor.explained(saved), ACTOR, now)


def fill_city(city: Store, plan: Plan, quarter: str, inventor: Inventor, now: datetime) -> int:
    """Fills the city's own figures with invented ones; returns how many there are."""
    rows = citywide.overview(city, plan.id, quarter).rows
    for row in rows:
        citywide.save(city, plan.id, quarter, inventor.city_reading(quarter, row.target), ACTOR, now)
    return len(rows)


def _receive(scene: Scene, city: Store, lines: list[dict[str, Any]], identity: SigningIdentity) -> int:
    accepted = 0
    for line in lines:
        item, _ = receiving.take_in(city, scene.out / line["package"], "", ACTOR, scene.now)
        answering.accept(city, item.digest, identity, "", ACTOR, scene.now)
        accepted += 1
    return accepted


def _receipts(scene: Scene, city: Store, units: list[Unit]) -> None:
    """Every unit takes its receipt in, so that its quarter ends."""
    items = [i.digest for i in city.packages.outbox() if i.kind.value == "receipt"]
    written = sending.carry_out(city, items, scene.out / "exchange" / "down", ACTOR, scene.now)
    by_unit = {city.packages.outbox_item(d): file for d, file in zip(items, written, strict=True)}
    for item, file in by_unit.items():
        assert item is not None
        store = opening.open_workspace(scene.out / "units" / item.recipient.code, ACTOR, scene.now)
        try:
            receiving.take_in(store, file.path, "", ACTOR, scene.now)
        finally:
            store.close()


def _summary(scene: Scene, city: Store, plan: Plan, identity: SigningIdentity) -> dict[str, str]:
    seen = summarising.summary(city, plan.id, scene.quarter, scene.now)
    document = announcing.announced(city, seen, announcing.Choice(tuple(BulletinPart)))
    files = summarising.summary_files(document, scene.faces, identity=identity, at=scene.now)
    folder = scene.out / "city" / "summary"
    stem = f"{scene.region.name}_{scene.quarter}"
    written = exporting.write_named(
        {folder / f"{stem}_通报.pdf": files.pdf, folder / f"{stem}_汇总.xlsx": files.workbook}
    )
    return {
        name: w.path.relative_to(scene.out.absolute()).as_posix()
        for name, w in zip(("summary_pdf", "summary_xlsx"), written, strict=True)
    }


def _trust(scene: Scene, city: Store) -> None:
    trust = city.keys.trust()
    assert trust is not None
    exporting.write_named(
        {scene.out / "trust" / "root.pem": trust.root, scene.out / "trust" / "crl.pem": trust.crls}
    )
