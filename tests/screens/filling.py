"""The filling page while last quarter's words are taken over, changed and taken back, and after an end without closing."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from PySide6.QtTest import QTest

from desktop.domain.letter import SectionName
from desktop.domain.report import Entry
from desktop.services import composing, rescuing, surveying
from desktop.services.opening import open_workspace
from tests.screens.painting import Painter
from tests.screens.scenes import ACTOR


def carrying_scenes(painter: Painter) -> None:
    """Whole, edited with marks, and one step back; nothing stays."""
    page = painter.go("filling")
    painter.window.open_help()
    painter.paint_dialog("help_dialog", "county_help")
    assert page._seen is not None
    row = next(r for r in page._seen.rows if r.entry.empty and r.previous and r.previous.progress)
    page.go_to(row.measure.key)
    painter.paint("county_filling_empty")
    page._carrying.carry_whole()
    painter.paint("county_filling_carried")
    _look_beside(painter, "county_filling_carried_beside")
    edit = page.frame.editor.progress.edit
    cursor = edit.textCursor()
    cursor.setPosition(3)
    cursor.setPosition(9, cursor.MoveMode.KeepAnchor)
    cursor.insertText("克服资金缺口，")
    edit.flush()
    painter.paint("county_filling_edited")
    _look_beside(painter, "county_filling_edited_beside")
    page._quarter.undo()
    painter.paint("county_filling_undone")
    while page._quarter.history.undoes is not None:
        page._quarter.undo()


def rescued_scene(painter: Painter, county: Path) -> None:
    """The program ended in the middle of a word: of the letter, then of an entry."""
    now = datetime.now().astimezone()
    painter.program.show_start()
    store = open_workspace(county, ACTOR, now)
    report = store.reports.find()[-1]
    held = composing.compose(store, report).section(SectionName.OVERALL)
    rescuing.note_section(store, rescuing.LETTER, report.id, held, f"{held.text}\n总的看，")
    store.close()
    painter.program.open_folder(county)
    painter.paint("county_letter_rescued")
    painter.program.show_start()
    store = open_workspace(county, ACTOR, now)
    row = next(r for r in surveying.overview(store, report).rows if r.entry.empty)
    rescuing.note(store, report.id, Entry(row.measure.key), "progress", "", "本季度检查工地12处，发现")
    store.close()
    painter.program.open_folder(county)
    QTest.qWait(50)
    painter.paint("county_filling_rescued")


def late_scene(painter: Painter) -> None:
    """The closing day ended while something was typed; what is stored stays as it was."""
    context, page = painter.program.context, painter.go("filling")
    assert context is not None and page._seen is not None and page._seen.calendar is not None
    clock, closes = context.clock, page._seen.calendar.closes
    rows = page._seen.rows
    page.go_to(rows[1].measure.key)
    page.frame.editor.progress.edit.appendPlainText(
        "本季度又检查工地12处，发现问题5个，已整改3个，其余2个月底前完成。"
    )
    context.clock = lambda: clock().replace(year=closes.year + 1)
    page.go_to(rows[2].measure.key)
    painter.paint("county_filling_too_late")
    context.clock = clock
    page.frame.rescued.hide()
    page.refresh()


def _look_beside(painter: Painter, name: str) -> None:
    if painter.window.narrow:
        painter.window.page.frame.toggle_hints()
        painter.paint(name)
        painter.window.page.frame.toggle_hints()
