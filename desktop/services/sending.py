"""Sending: plan packages to the units, a signed report to the superior, and what waits in the outbox to a folder."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from desktop.domain.assignment import measures_for
from desktop.domain.errors import RefusedError
from desktop.domain.identity import Enrolment
from desktop.domain.package import OutboxItem, PackageKind
from desktop.domain.progress import Progress, silent
from desktop.domain.report import Report, ReportEvent, next_state
from desktop.domain.unit import Unit
from desktop.exchange import plan_package
from desktop.exchange.packages import read_header
from desktop.exchange.unlocking import SigningIdentity
from desktop.services.posting import plan_part, post
from desktop.services.reviewing import frozen_document
from desktop.services.ruling import rules_of
from desktop.services.safeguarding import keep_snapshot
from desktop.services.signing import file_stem
from desktop.services.withdrawing import notices
from desktop.services.writing import WrittenFile, write_files
from desktop.storage import Store


def plan_stream(plan_id: str) -> str:
    """The stream of a plan's packages to one unit."""
    return f"plan/{plan_id}"


def recipients(store: Store, plan_id: str) -> tuple[str, ...]:
    """Unit codes that a plan falls on, or fell on when it was last sent to them, in the region's order."""
    plan = store.plans.get(plan_id)
    wanted = {code for measure in plan.measures for code in measure.implementers}
    wanted |= {item.recipient.code for item in store.packages.outbox() if item.stream == plan_stream(plan_id)}
    return tuple(unit.code for unit in store.units.region().units if unit.code in wanted)


@dataclass(frozen=True)
class Recipient:
    """One unit that a plan falls on, and how far it has been told.

    `last` is the newest plan package made for it, which holds version `version` (0 while there is none);
    `current`: that is the newest, and the quarters' dates and the rules are as they are now. `assigned` is 0 where a
    newer version has nothing for the unit any more: it is still told so.
    """

    unit: Unit
    assigned: int
    enrolment: Enrolment | None
    last: OutboxItem | None
    current: bool
    version: int = 0


def recipient_states(store: Store, plan_id: str) -> tuple[Recipient, ...]:
    """Every unit that is to be told of the plan's newest version, in the region's order."""
    plan, region = store.plans.get(plan_id), store.units.region()
    versions = {ref.digest: ref.version for ref in store.plans.versions(plan_id)}
    calendars = plan_package.calendars_digest(store.plans.calendars(plan_id))
    rules = plan_package.rules_digest(rules_of(store, plan_id))
    found = []
    for code in recipients(store, plan_id):
        unit = region.find(code)
        last = store.packages.last_sent(code, plan_stream(plan_id))
        if unit is not None:
            digest, dates, checks = _held(store, last) if last else ("", "", "")
            version = versions.get(digest, 0)
            found.append(
                Recipient(
                    unit,
                    len(measures_for(plan, code)),
                    store.keys.enrolment(code),
                    last,
                    version == plan.version and dates == calendars and checks == rules,
                    version,
                )
            )
    return tuple(found)


def _held(store: Store, item: OutboxItem) -> tuple[str, str, str]:
    """The digests of the plan, the calendars and the rules that a plan package of ours holds, as it lists them."""
    header = read_header(store.packages.file(item.digest))
    listed = {file.name: file.sha256 for file in header.files}
    return header.plan_digest, listed.get("calendars.json", ""), listed.get("rules.json", "")


def distribute(
    store: Store, plan_id: str, unit_codes: Iterable[str], identity: SigningIdentity, actor: str, now: datetime,
    progress: Progress = silent,
) -> tuple[OutboxItem, ...]:  # fmt: skip
    """One plan package per unit, all in the outbox or none.

    Raises RefusedError: `no_certificate`, `no_quarter` when no quarter is opened, `nothing_assigned`(unit).
    """
    plan, region, trust = store.plans.get(plan_id), store.units.region(), store.keys.trust()
    calendars = store.plans.calendars(plan_id)
    if trust is None:
        raise RefusedError("no_certificate")
    if not calendars:
        raise RefusedError("no_quarter", title=plan.title)
    codes = tuple(unit_codes)
    payload = plan_package.PlanPayload(
        plan, region, calendars, store.workspace.unit, trust.root, trust.chain, trust.crls, trust.crl_number,
        rules_of(store, plan_id),
    )  # fmt: skip
    files = plan_package.write_plan(payload)
    items = []
    with store.transaction():
        for done, code in enumerate(codes):
            progress("pack", done, len(codes))
            unit = region.find(code)
            last = store.packages.last_sent(code, plan_stream(plan_id))
            if unit is None or not (measures_for(plan, code) or last):
                raise RefusedError("nothing_assigned", unit=unit.name if unit else code)
            items.append(
                post(
                    store,
                    PackageKind.PLAN,
                    unit.ref,
                    plan_stream(plan_id),
                    files,
                    identity,
                    now,
                    plan_digest=plan.digest,
                    plan=plan_part(store, plan.title),
                )
            )
        store.audit.append(
            now,
            actor,
            "plan_distributed",
            plan_id,
            {"units": str(len(items)), "version": str(plan.version)},
            plan.digest,
        )
    return tuple(items)


def submission_files(store: Store, report: Report) -> dict[str, bytes]:
    """The three files of a signed revision by their names: PDF, workbook, package; with them the notices of those
    that the unit took back before, without which the superior would wait for them.

    Raises RefusedError(`report_not_signed`).
    """
    pdf, workbook = (store.reports.document(report.id, name) for name in ("report.pdf", "ledger.xlsx"))
    if not report.package or pdf is None or workbook is None:
        raise RefusedError("report_not_signed")
    stem = file_stem(store, frozen_document(store, report)[0])
    return {
        f"{stem}.pdf": pdf,
        f"{stem}_台账.xlsx": workbook,
        f"{stem}.jbx": store.packages.file(report.package),
        **{item.file_name: store.packages.file(item.digest) for item in notices(store, report)},
    }


def submit(
    store: Store, report_id: str, folder: Path, actor: str, now: datetime, progress: Progress = silent
) -> tuple[Report, tuple[WrittenFile, ...]]:
    """Writes a signed revision's three files to a folder, reads them back, and only then calls it submitted.

    Raises RefusedError: `report_state`, `report_not_signed`; and as `writing.write_files`.
    """
    report = store.reports.get(report_id)
    state = next_state(report.state, ReportEvent.SUBMIT)
    files = submission_files(store, report)
    written = write_files(files, folder, progress)
    report = replace(report, state=state, submitted_at=now)
    with store.transaction():
        store.reports.put(report)
        _note_written(store, [report.package, *(item.digest for item in notices(store, report))], now)
        store.audit.append(now, actor, "report_submitted", report.id, {"folder": str(folder)}, report.package)
    keep_snapshot(store, now)
    return report, written


def carry_out(
    store: Store, digests: Iterable[str], folder: Path, actor: str, now: datetime, progress: Progress = silent
) -> tuple[WrittenFile, ...]:
    """Writes packages of the outbox to a folder and reads them back. Raises as `writing.write_files`."""
    items = [item for digest in digests if (item := store.packages.outbox_item(digest)) is not None]
    files: dict[str, bytes] = {}
    for item in items:
        name = item.file_name
        if name in files:
            name = f"{Path(name).stem}_{item.digest[:6]}.jbx"
        files[name] = store.packages.file(item.digest)
    written = write_files(files, folder, progress)
    with store.transaction():
        _note_written(store, [item.digest for item in items], now)
        store.audit.append(now, actor, "packages_written", str(folder), {"files": str(len(written))})
    return written


def _note_written(store: Store, digests: Iterable[str], now: datetime) -> None:
    for digest in digests:
        item = store.packages.outbox_item(digest)
        if item is not None:
            store.packages.put_outbox(replace(item, written_at=now))
