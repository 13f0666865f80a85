"""Whether a code typed from a printed page belongs to a submission or a 通报 that is known here, and how that one stands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from desktop.domain.bulletin import ExportedBulletin
from desktop.domain.codec import digest_of, verification_code
from desktop.domain.errors import UnreadableError
from desktop.domain.package import InboxItem, InboxState, PackageKind
from desktop.domain.paper_code import (
    NearCopy,
    PaperBulletin,
    PaperCopy,
    Recognised,
    TypedCode,
    differences,
    read_typed,
)
from desktop.domain.progress import Progress, silent
from desktop.domain.report import Report
from desktop.exchange.packages import open_package
from desktop.services.withdrawing import withdrawn
from desktop.storage import Store

# So many signs otherwise, and it is told which code it nearly is: 80 bits do not come that close by chance.
_NEARLY = 2
_OPEN = (InboxState.WAITING, InboxState.REFUSED)


def recognise(store: Store, typed: str, progress: Progress = silent) -> Recognised:
    """Compares a code or a digest with every submission and every exported bulletin in this workspace; writes nothing.

    A digest may also be the one of a bulletin's PDF itself. Raises as `read_typed`.
    """
    code = read_typed(typed)
    known, unread = _known(store, progress)
    found = tuple(copy for copy in known if (copy.digest if code.full else copy.code) in code.candidates)
    issued = _bulletins(store)
    bulletins = tuple(each for each in issued if _bears(each, code))
    near = () if found or bulletins or code.full else tuple(_near([*known, *issued], code))
    compared = len(issued) if store.workspace.leads else None
    return Recognised(code, found, near, len(known), unread, bulletins, compared)


def _bears(bulletin: PaperBulletin, code: TypedCode) -> bool:
    if not code.full:
        return bulletin.code in code.candidates
    digests = (bulletin.first.digest, *(each.file for each in bulletin.files))
    return any(digest in code.candidates for digest in digests)


def _bulletins(store: Store) -> list[PaperBulletin]:
    """What was exported, one for each state of the data."""
    groups: dict[str, list[ExportedBulletin]] = {}
    newest: dict[tuple[str, str], ExportedBulletin] = {}
    for each in store.bulletins.exported():
        groups.setdefault(each.digest, []).append(each)
        newest[each.plan_id, each.quarter] = each
    issuer = store.workspace.unit.name
    found = []
    for files in groups.values():
        last = newest[files[0].plan_id, files[0].quarter]
        later = last.exported_at if last.digest != files[0].digest else None
        found.append(PaperBulletin(issuer, tuple(files), later))
    return found


def _near(known: Sequence[PaperCopy | PaperBulletin], code: TypedCode) -> Iterator[NearCopy]:
    for copy in known:
        places = min((differences(copy.code, each) for each in code.candidates), key=len)
        if len(places) <= _NEARLY:
            yield NearCopy(copy, places)


def _known(store: Store, progress: Progress) -> tuple[list[PaperCopy], int]:
    """Every frozen report, and what lies in the inbox undecided; with the number of files that cannot be read."""
    titles = {plan.id: plan.title for plan in store.plans.all()}
    copies = [_of_report(store, each, titles) for each in store.reports.find() if each.digest]
    have = {copy.digest for copy in copies}
    items = [i for i in store.packages.inbox() if i.kind == PackageKind.SUBMISSION and i.state in _OPEN]
    unread = 0
    for number, item in enumerate(items):
        progress("paper_code", number, len(items))
        digest = _report_digest(store, item)
        if digest is None:
            unread += 1
        elif digest[0] not in have:
            copies.append(_of_item(item, *digest, titles))
    newest: dict[tuple[str, str, str], int] = {}
    for copy in copies:
        if copy.state != "refused":
            place = (copy.plan_title, copy.unit_code, copy.quarter)
            newest[place] = max(copy.revision, newest.get(place, 0))
    return [_with_later(copy, newest) for copy in copies], unread


def _with_later(copy: PaperCopy, newest: dict[tuple[str, str, str], int]) -> PaperCopy:
    last = newest.get((copy.plan_title, copy.unit_code, copy.quarter), 0)
    return replace(copy, later=last) if last > copy.revision else copy


def _of_report(store: Store, report: Report, titles: dict[str, str]) -> PaperCopy:
    unit = store.units.region().find(report.unit_code)
    own = report.unit_code == store.workspace.unit.code
    item = store.packages.inbox_item(report.package) if report.package else None
    back = item is not None and withdrawn(store, item.issuer.code, item.stream, item.sequence)
    return PaperCopy(
        report.code, report.digest, report.unit_code, unit.name if unit else report.unit_code,
        titles.get(report.plan_id, ""), report.quarter, report.revision, report.state.value, own,
        report.submitted_at if own else report.received_at, report.decided_at, report.reason, taken_back=back,
    )  # fmt: skip


def _of_item(item: InboxItem, digest: str, code: str, titles: dict[str, str]) -> PaperCopy:
    state = "withdrawn" if item.problem == "submission_withdrawn" else item.state.value
    return PaperCopy(
        code, digest, item.issuer.code, item.issuer.name, titles.get(item.stream.partition("/")[0], ""),
        item.quarter, item.revision, state, False, item.received_at, item.decided_at, problem=item.problem,
    )  # fmt: skip


def _report_digest(store: Store, item: InboxItem) -> tuple[str, str] | None:
    """Digest and code of the report in a package; None where there is none to be read."""
    try:
        files = open_package(store.packages.file(item.digest), None, item.received_at).files
    except UnreadableError:
        return None
    data = files.get("report.json")
    return None if data is None else (digest_of(data), verification_code(data))
