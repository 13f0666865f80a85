"""An entry that was found, over 总览: also one that counts in no summary, or whose measure the plan has no more."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from desktop.domain.report import Report, ReportState
from desktop.domain.summary import SummaryDocument, SummaryRow
from desktop.services import noticing, reported
from desktop.views.context import Context
from desktop.views.dialogs.desk_entry import EntryDialog
from desktop.views.spot import Spot
from desktop.wording.terms import STATE, revision


def show_found(context: Context, document: SummaryDocument | None, spot: Spot, parent: QWidget) -> None:
    """Opens the entry; nothing happens when it is not there any more."""
    store = context.store
    unit = store.units.region().find(spot.unit_code) if store is not None else None
    if store is None or unit is None:
        return
    try:
        report = store.reports.get(spot.report_id)
    except KeyError:
        return
    entry = store.reports.entry(report.id, spot.measure_key)
    if entry is None:
        return
    rows = document.rows if document else ()
    line = next((each for each in rows if each.measure_key == spot.measure_key), None)
    said = _said(report, line is None)
    if line is None:
        ever = reported.targets_ever(store, report.plan_id).values()
        targets = tuple(target for target in ever if target.measure_key == spot.measure_key)
        line = SummaryRow(spot.measure_key, spot.label, "", spot.title, (), targets, ())
    own = noticing.found_in(store, report) or ()
    findings = tuple(finding for each, finding in own if each.measure_key == spot.measure_key)
    dialog = EntryDialog(context, unit, line, entry, parent=parent, said=said, findings=findings)
    dialog.exec()
    dialog.deleteLater()


def _said(report: Report, gone: bool) -> str:
    parts = []
    if report.state is not ReportState.ACCEPTED:
        parts.append(f"{revision(report.revision)}{STATE[report.state]}，不进汇总。")
    if gone:
        parts.append("最新一版方案里已经没有这条措施，这里是原来的编号和标题。")
    return "".join(parts)
