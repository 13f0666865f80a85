"""The sample to try the program with: a fictional city and one of its counties, each an ordinary workspace."""

from __future__ import annotations

import shutil
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from desktop.domain.delegation import Bureau
from desktop.domain.package import PackageKind
from desktop.domain.plan import Plan
from desktop.domain.progress import Progress, silent
from desktop.domain.quarter import Quarter, QuarterCalendar
from desktop.domain.unit import Region, Unit, UnitKind
from desktop.exchange.unlocking import SigningIdentity
from desktop.paths import Paths
from desktop.reports.fonts import load_faces
from desktop.services import (
    answering,
    certifying,
    delegating,
    demonstrating,
    enrolling,
    filling,
    opening,
    planning,
    receiving,
    sending,
)
from desktop.services.demonstrating import ACTOR, Clock, Scene
from desktop.services.inventing import Inventor, load_phrases
from desktop.services.opening import SAMPLE_PASSPHRASE, Sample, sample_in, sample_places
from desktop.storage import Store
from desktop.storage.files import put_in_place, write_fault

# What became of this quarter's submissions, in the order in which they came.
ACCEPTED, WAITING, RETURNED = "accepted", "waiting", "returned"
_STORY = {"999002": ACCEPTED, "999000-P1": ACCEPTED, "999000-P2": RETURNED, "999081": WAITING}
_COUNTY = "999021"
# So many measures are left for whoever tries it to divide.
_UNDIVIDED = 4
_REASON = "工地扬尘的进展只写了“正在推进”。请补充检查了几处、整改了几处，再报送一次。"


@dataclass(frozen=True)
class _Stage:
    """What the steps share: the scene, the city with its key, and every unit with its workspace."""

    scene: Scene
    city: Store
    units: dict[str, tuple[Unit, Store]]

    @property
    def stores(self) -> list[Store]:
        return [store for _, store in self.units.values()]


def make_sample(
    folder: Path, paths: Paths, rounds: int, now: datetime, progress: Progress = silent
) -> Sample:
    """Makes the sample anew in `folder`, in place of one that was there; a stopped or failed making leaves the old one.

    The city has last quarter complete and this one under way; the county has last quarter's receipt and
    half of this quarter's entries. `rounds` are the KDF's. Raises RefusedError(`folder_not_writable`,
    folder, reason) when the old sample is still open somewhere, CancelledError, and what the steps raise.
    """
    new, old = folder.with_name(f"{folder.name}.new"), folder.with_name(f"{folder.name}.old")
    try:
        for left_over in (new, old):
            shutil.rmtree(left_over, ignore_errors=True)
        new.mkdir(parents=True)
        _build(new, paths, rounds, now, progress)
        if folder.exists():
            put_in_place(folder, old)
        put_in_place(new, folder)
    except OSError as error:
        raise write_fault(error, folder) from error
    finally:
        shutil.rmtree(new, ignore_errors=True)
        shutil.rmtree(old, ignore_errors=True)
    made = sample_in(folder)
    assert made is not None
    return made


def _build(folder: Path, paths: Paths, rounds: int, now: datetime, progress: Progress) -> None:
    inventor = Inventor(load_phrases(paths.sample))
    region = _with_contacts(opening.shipped_regions(paths.regions), inventor)
    quarter = Quarter.of(now.date()).previous
    then = now - timedelta(days=91)
    backstage = folder / "backstage"
    scene = Scene(
        backstage, paths, str(quarter.previous), region, load_faces(paths.fonts), rounds, then, Clock({}), inventor
    )  # fmt: skip
    for name in ("exchange/down", "exchange/up"):
        (backstage / name).mkdir(parents=True)
    with ExitStack() as open_stores:
        stage = _opened(scene, folder, open_stores, then)
        identity, plan = _found(stage)
        demonstrating.enrol(scene, stage.city, stage.stores, identity, _part(progress, "enrol"))
        _open_quarter(stage, plan, scene.quarter, then)
        demonstrating.distribute(scene, stage.city, plan, stage.stores, identity)
        _last_quarter(stage, plan, identity, _part(progress, "last_quarter"))
        this = replace(stage, scene=replace(scene, quarter=str(quarter), now=now))
        _this_quarter(this, plan, identity, now, _part(progress, "this_quarter"))
    shutil.rmtree(backstage)


def _with_contacts(regions: tuple[Region, ...], inventor: Inventor) -> Region:
    region = next(r for r in regions if r.code == opening.SAMPLE_REGION)
    units = tuple(
        replace(u, contact=inventor.person(f"{u.code}contact"), phone=inventor.phone(f"{u.code}contact"))
        if u.kind in (UnitKind.COUNTY, UnitKind.PARK)
        else u
        for u in region.units
    )
    return replace(region, units=units)


def _part(progress: Progress, step: str) -> Progress:
    """The same watcher, told the name of the sample's own step."""
    return lambda _, done, total: progress(step, done, total)


def _opened(scene: Scene, folder: Path, open_stores: ExitStack, then: datetime) -> _Stage:
    """The city's workspace and the units'; all but the one county's are only there while the sample is made."""
    region = scene.region

    def workspace(place: Path, unit: Unit) -> Store:
        store = opening.create_workspace(place, unit, region, ACTOR, then)
        open_stores.callback(store.close)
        return store

    places = sample_places(folder)
    city = workspace(places.city, region.city)
    units = {}
    for code in (*_STORY, _COUNTY):
        unit = region.find(code)
        assert unit is not None
        units[code] = (
            unit,
            workspace(places.county if code == _COUNTY else scene.out / "units" / code, unit),
        )
    return _Stage(scene, city, units)


def _found(stage: _Stage) -> tuple[SigningIdentity, Plan]:
    scene, city = stage.scene, stage.city
    draft = planning.read_document(scene.paths.sample / "plan_table.docx", (scene.region,))
    certifying.found_authority(
        city, scene.inventor.person(scene.region.code), SAMPLE_PASSPHRASE, scene.rounds, ACTOR, scene.now
    )
    plan = demonstrating.publish(scene, city, planning.resolve(draft, scene.region))
    return enrolling.signer(city, SAMPLE_PASSPHRASE), plan


def _open_quarter(stage: _Stage, plan: Plan, quarter: str, now: datetime) -> None:
    today = now.date()
    calendar = QuarterCalendar(
        quarter, today - timedelta(days=10), today + timedelta(days=4), today + timedelta(days=14)
    )
    planning.open_quarter(stage.city, plan.id, calendar, ACTOR, now)


def _last_quarter(stage: _Stage, plan: Plan, identity: SigningIdentity, progress: Progress) -> None:
    """Everyone reported and was accepted; the county has its receipt. The city has read its own figures."""
    scene = stage.scene
    demonstrating.fill_city(stage.city, plan, scene.quarter, scene.inventor, scene.now)
    for done, (unit, store) in enumerate(stage.units.values()):
        progress("report", done, len(stage.units))
        digest = _submitted(stage, plan, unit, store)
        receipt = answering.accept(stage.city, digest, identity, "", ACTOR, stage.scene.now)
        if unit.code == _COUNTY:
            _carry_down(stage, store, receipt.digest)


def _this_quarter(
    stage: _Stage, plan: Plan, identity: SigningIdentity, now: datetime, progress: Progress
) -> None:
    """Two accepted, one waiting, one returned; the county is half way and has sent nothing."""
    opened = replace(stage, scene=replace(stage.scene, now=now - timedelta(days=10)))
    _open_quarter(stage, plan, stage.scene.quarter, now)
    demonstrating.distribute(opened.scene, stage.city, plan, stage.stores, identity)
    for done, (code, outcome) in enumerate(_STORY.items()):
        progress("report", done, len(stage.units))
        unit, store = stage.units[code]
        early = replace(stage, scene=replace(stage.scene, now=now - timedelta(hours=26 - 8 * done)))
        digest = _submitted(early, plan, unit, store)
        if outcome == ACCEPTED:
            answering.accept(stage.city, digest, identity, "", ACTOR, early.scene.now)
        elif outcome == RETURNED:
            due = now.date() + timedelta(days=7)
            answering.send_back(stage.city, digest, _REASON, {}, due, identity, ACTOR, early.scene.now)
    unit, county = stage.units[_COUNTY]
    _divide(county, plan, stage.scene.inventor, now)
    report = filling.begin(county, plan.id, stage.scene.quarter, ACTOR, now)
    demonstrating.fill(county, report.id, unit, stage.scene.inventor, now, share=0.5)


def _divide(county: Store, plan: Plan, inventor: Inventor, now: datetime) -> None:
    """The county's bureaus have most of its measures, each with somebody to call."""
    offered = delegating.proposals(county, plan.id)
    delegating.take_proposals(county, plan.id, offered[: max(len(offered) - _UNDIVIDED, 1)], ACTOR, now)
    for bureau in delegating.bureaus(county):
        contact, phone = inventor.person(bureau.name), inventor.phone(bureau.name)
        delegating.set_bureau(county, Bureau(bureau.name, contact, phone), ACTOR, now)


def _submitted(stage: _Stage, plan: Plan, unit: Unit, store: Store) -> str:
    """One unit's quarter, signed and carried to the city's inbox; the package's digest there."""
    line = demonstrating.report_quarter(stage.scene, store, unit, plan)
    path = stage.scene.out / line["package"]
    item, _ = receiving.take_in(stage.city, path, "", ACTOR, stage.scene.now)
    assert item.kind == PackageKind.SUBMISSION.value
    return item.digest


def _carry_down(stage: _Stage, store: Store, digest: str) -> None:
    down = stage.scene.out / "exchange" / "down"
    written = sending.carry_out(stage.city, [digest], down, ACTOR, stage.scene.now)
    receiving.take_in(store, written[0].path, "", ACTOR, stage.scene.now)
