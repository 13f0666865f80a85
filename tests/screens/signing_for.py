"""经办人代签: the leader signed on paper, the official signs here; what the county sees before and after, and the city."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from PySide6.QtWidgets import QApplication, QDialog

from desktop.domain.report import People, Report
from desktop.services import (
    approving,
    exporting,
    filling,
    receiving,
    reviewing,
    sending,
    signing,
)
from desktop.services.opening import SAMPLE_PASSPHRASE, Sample, open_workspace
from desktop.storage import Store
from tests.screens.painting import Painter, settle
from tests.screens.scenes import ACTOR, fill_all

LEADER = "王建军"


def county_signs_for(painter: Painter, places: Sample) -> None:
    """The county: the sheet to print, the dialog with 代签 shut and open, the pages after; its package at the city."""
    context = painter.program.context
    assert context is not None and context.store is not None
    store, now = context.store, context.now()
    report = store.reports.latest(context.plan_id, store.workspace.unit.code, str(context.quarter))
    assert report is not None
    fill_all(painter, store, report, now)
    people = People("周敏之", "孙立诚", LEADER, "0000-6268001")
    filling.name_people(store, report.id, people, ACTOR, now)
    painter.go("filling")
    painter.press("send_to_review")
    painter.paint_dialog("people_dialog", "approved_people")
    report = reviewing.review(store, report.id, ACTOR, now)
    page = painter.go("review")
    painter.paint("approved_review")
    painter.press("review_primary")
    dialog = _dialog(painter)
    painter.keep(dialog, "approved_sign_refused")
    dialog.findChild(type(dialog._for.tick), "sign_for_tick").click()
    settle(painter.program)
    painter.keep(dialog, "approved_sign_for_empty")
    scan = _scan(painter, store, report)
    dialog._for.take([scan])
    settle(painter.program)
    painter.paint_dialog("sign_dialog", "approved_sign_for")
    approval = approving.approval_of(store, report, approving.keep_scan(store, scan), now.date())
    assert context.faces is not None
    signing.sign(store, report.id, SAMPLE_PASSPHRASE, context.faces(), ACTOR, now, approval=approval)
    page = painter.go("review")
    painter.paint("approved_review_signed")
    page.trail.click()
    painter.paint_dialog("history_dialog", "approved_history")
    painter.go("export")
    painter.paint("approved_export")
    _at_city(painter, places, store, report, now)


def _dialog(painter: Painter) -> QDialog:
    settle(painter.program)
    found = next(w for w in QApplication.topLevelWidgets() if w.objectName() == "sign_dialog")
    assert isinstance(found, QDialog)
    return found


def _scan(painter: Painter, store: Store, report: Report) -> Path:
    """The sheet itself, as if it had come out of a scanner."""
    context = painter.program.context
    assert context is not None and context.faces is not None
    path = store.folder.parent / "签批单（已签字）.pdf"
    path.write_bytes(exporting.approval_sheet(store, report.id, context.faces()).pdf)
    return path


def _at_city(painter: Painter, places: Sample, store: Store, report: Report, now: datetime) -> None:
    """The package of the county in the city's inbox."""
    carried = places.city.parent / "carried"
    carried.mkdir()
    _, written = sending.submit(store, report.id, carried, ACTOR, now)
    above = open_workspace(places.city, ACTOR, now)
    item, _ = receiving.take_in(above, written[-1].path, "", ACTOR, now)
    above.close()
    painter.program.show_start()
    painter.program.open_folder(places.city)
    page = painter.go("inbox")
    page.open_target(item.digest)
    settle(painter.program)
    if painter.window.compact:
        painter.press("open_list")
    painter.paint("approved_inbox")
