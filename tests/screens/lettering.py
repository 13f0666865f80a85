"""The text of a report: drafted, edited, out of date, asking; the settings of the letter; what the city reads."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from PySide6.QtWidgets import QApplication

from desktop.domain.letter import SectionName
from desktop.domain.report import ProgressStatus
from desktop.services import composing, filling, surveying
from desktop.views.dialogs.letter import LetterDialog
from tests.screens.painting import Painter, settle
from tests.screens.scenes import ACTOR, fill_all


def county_writes(painter: Painter) -> None:
    """The dialog with a drafted section, an edited one that the data have left behind, one that asks; then the settings."""
    context = painter.program.context
    assert context is not None and context.store is not None
    store, now = context.store, datetime.now().astimezone()
    report = store.reports.latest(context.plan_id, store.workspace.unit.code, str(context.quarter))
    report = report or filling.begin(store, context.plan_id, str(context.quarter), ACTOR, now)
    fill_all(painter, store, report, now)
    composing.save_number(store, report.id, "柏政报[2025]12", ACTOR, now)
    painter.go("review")
    dialog = _opened(painter)
    painter.keep(dialog, "letter_drafted")
    drafted = composing.compose(store, report).section(SectionName.PROBLEMS).drafted
    own = f"{drafted}\n以上问题恳请市政府予以支持，妥否，请批示。"
    dialog.choose(SectionName.PROBLEMS)
    dialog.edit.setPlainText(own)
    dialog.edit.flush()
    settle(painter.program)
    painter.keep(dialog, "letter_asking")
    dialog.reject()
    row = surveying.overview(store, report).rows[0]
    other = replace(
        row.entry,
        status=ProgressStatus.BEHIND,
        problems="管线要穿过国道，许可批得晚。",
        next_steps="5月底前完工。",
    )
    filling.save_entry(store, report.id, other, ACTOR, now)
    painter.go("review")
    painter.paint("letter_review")
    dialog = _opened(painter)
    dialog.choose(SectionName.PROBLEMS)
    settle(painter.program)
    painter.keep(dialog, "letter_stale")
    dialog.choose(SectionName.SUGGESTIONS)
    settle(painter.program)
    painter.keep(dialog, "letter_suggestions")
    dialog.reject()
    page = painter.go("settings")
    page.open_target("letter")
    painter.paint("letter_settings")


def _opened(painter: Painter) -> LetterDialog:
    painter.press("open_letter")
    settle(painter.program)
    found = next(
        w for w in QApplication.topLevelWidgets() if w.objectName() == "letter_dialog" and w.isVisible()
    )
    assert isinstance(found, LetterDialog)
    return found
