"""Distributing plan packages, and writing files out: to a folder, a disc or a stick, and reading them back."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from desktop.domain.assignment import measures_for
from desktop.domain.errors import RefusedError, UserError
from desktop.domain.file_faults import file_fault
from desktop.domain.file_names import plain_name
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
from desktop.storage import Store
from desktop.storage.files import put_in_place, sync_folder, write_fault


@dataclass(frozen=True)
class WrittenFile:
    """A file that was written, flushed, opened again and found equal. `size` in bytes."""

    path: Path
    size: int
    sha256: str


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


def made_folder(root: Path, *names: str) -> Path:
    """A folder below one that is there, made where it is missing.

    Raises RefusedError(`folder_missing`, folder), and as `new_folder`.
    """
    if not root.is_dir():
        raise RefusedError("folder_missing", folder=str(root))
    return new_folder(root.joinpath(*names))


def new_folder(folder: Path) -> Path:
    """A folder with all above it, made where it is missing.

    Raises RefusedError: `medium_gone`(folder), `disk_full`(folder), `folder_not_writable`(folder, reason).
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise as_user_error(error, folder, 0) from error
    return folder


def submit(
    store: Store, report_id: str, folder: Path, actor: str, now: datetime, progress: Progress = silent
) -> tuple[Report, tuple[WrittenFile, ...]]:
    """Writes a signed revision's three files to a folder, reads them back, and only then calls it submitted.

    Raises RefusedError: `report_state`, `report_not_signed`; and as `write_files`.
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
    """Writes packages of the outbox to a folder and reads them back. Raises as `write_files`."""
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


def write_files(
    files: Mapping[str, bytes], folder: Path, progress: Progress = silent
) -> tuple[WrittenFile, ...]:
    """Writes all files or leaves none half written, then opens each again and compares its digest.

    A file of the same name and content is left as it is; one of other content is not overwritten: the
    new one gets a number. Raises UserError: `folder_missing`, `folder_not_writable`, `disk_full`(folder,
    need, free), `medium_gone`(folder), `read_back_differs`(file).
    """
    need = sum(len(data) for data in files.values())
    placed: list[Path] = []
    try:
        if not folder.is_dir():
            raise RefusedError("folder_missing", folder=str(folder))
        free = shutil.disk_usage(folder).free
        if free < need + 1_000_000:
            raise RefusedError("disk_full", folder=str(folder), need=need, free=free)
        for done, (name, data) in enumerate(files.items()):
            progress("write", done, len(files) * 2)
            placed.append(_place(folder, name, data))
        sync_folder(folder)
        written = []
        for done, (path, data) in enumerate(zip(placed, files.values(), strict=True)):
            progress("compare", len(files) + done, len(files) * 2)
            written.append(_compared(path, data))
    except OSError as error:
        raise as_user_error(error, folder, need) from error
    progress("done", len(files) * 2, len(files) * 2)
    return tuple(written)


def _place(folder: Path, name: str, data: bytes) -> Path:
    target = folder / plain_name(name)
    number = 2
    while target.exists():
        if (
            target.stat().st_size == len(data)
            and hashlib.sha256(target.read_bytes()).digest() == hashlib.sha256(data).digest()
        ):
            return target
        target = folder / f"{Path(plain_name(name)).stem}（{number}）{Path(name).suffix}"
        number += 1
    draft = target.with_name(target.name + ".tmp")
    try:
        with draft.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        put_in_place(draft, target)
        # A second flush, after the rename: without it a stick pulled at once showed the old file.
        with target.open("rb+") as file:
            os.fsync(file.fileno())
    except BaseException:
        with contextlib.suppress(OSError):
            draft.unlink()
        raise
    return target


def _compared(path: Path, data: bytes) -> WrittenFile:
    found = hashlib.sha256(path.read_bytes()).hexdigest()
    if found != hashlib.sha256(data).hexdigest():
        raise RefusedError("read_back_differs", file=path.name)
    return WrittenFile(path, len(data), found)


def as_user_error(error: OSError, folder: Path, need: int) -> UserError:
    """What an error while writing to a folder outside means to the user; `need` in bytes, 0 if not known."""
    # Of a stick that was pulled out, Windows' C library says only that the open file's number is bad.
    pulled = need and (error.errno == errno.ENOENT or not folder.is_dir())
    if file_fault(error) == "gone" or error.errno == errno.EIO or pulled:
        return RefusedError("medium_gone", folder=str(folder))
    known = write_fault(error, folder)
    return (
        RefusedError("disk_full", folder=str(folder), need=need, free=0)
        if known.code == "disk_full"
        else known
    )
