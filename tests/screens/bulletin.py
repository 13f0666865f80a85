"""导出通报: what is printed, the scoring rules, points that fit no rules, its text, and what came of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QAbstractButton, QApplication

from desktop.domain.bulletin import BulletinSection
from desktop.services import announcing, announcing_text, rescuing, summarising
from desktop.services.opening import open_workspace
from tests.screens.painting import Painter, settle

_NAME = "bulletin_dialog"


def bulletin_scenes(painter: Painter) -> None:
    """The dialog as it opens, with the ranking ticked, with an odd number; then the export."""

    def opened(then: Callable[[Any], object]) -> None:
        """Press the button whose dialog holds it up, and do something with the dialog."""
        _once_open(_NAME, then)
        painter.press("export_summary")

    def ranked(dialog: Any) -> None:
        dialog.findChild(QAbstractButton, "part_ranking").setChecked(True)
        painter.paint_dialog(_NAME, "city_bulletin_ranking")

    def odd(dialog: Any) -> None:
        edit = dialog._points["late_day"]
        dialog.findChild(QAbstractButton, "part_ranking").setChecked(True)
        edit.setText("半分")
        edit.flush()
        painter.paint_dialog(_NAME, "city_bulletin_odd")

    def text(dialog: Any, then: Callable[[Any], object]) -> None:
        """Open its 正文… and do something with that."""
        dialog.findChild(QAbstractButton, "bulletin_text").click()
        settle(painter.program)
        then(next(w for w in QApplication.topLevelWidgets() if w.objectName() == "bulletin_text_dialog"))

    def drafted(dialog: Any) -> None:
        text(dialog, lambda opened: painter.paint_dialog("bulletin_text_dialog", "city_bulletin_text"))
        dialog.reject()

    def edited(dialog: Any) -> None:
        def write(opened: Any) -> None:
            opened.edit.setPlainText(f"{_PRAISED}\n{opened.edit.text()}\n由\U0002f9f4办继续督促。")
            opened.edit.flush()
            painter.paint_dialog("bulletin_text_dialog", "city_bulletin_text_edited")

        text(dialog, write)
        painter.paint_dialog(_NAME, "city_bulletin_edited")

    def behind(dialog: Any) -> None:
        text(dialog, lambda opened: painter.paint_dialog("bulletin_text_dialog", "city_bulletin_text_stale"))
        dialog.findChild(QAbstractButton, "bulletin_export").click()

    opened(lambda dialog: painter.paint_dialog(_NAME, "city_bulletin"))
    opened(ranked)
    opened(odd)
    opened(drafted)
    opened(lambda dialog: dialog.findChild(QAbstractButton, "bulletin_export").click())
    painter.paint("city_desk_exported")
    opened(edited)
    _leave_behind(painter)
    opened(behind)
    painter.paint("city_desk_before_writing")
    _end_in_the_middle(painter)
    painter.go("desk")
    painter.paint("city_desk_rescued")


_PRAISED = "本季度各单位按期报送的情况好于上季度。"


def _end_in_the_middle(painter: Painter) -> None:
    """The program ended while a section was written, and is started again."""
    context = painter.program.context
    assert context is not None and context.store is not None
    store, quarter = context.store, str(context.quarter)
    seen = summarising.summary(store, context.plan_id, quarter, context.now())
    document = announcing.announced(store, seen, announcing.Choice())
    held = next(e for e in announcing_text.compose(store, document) if e.name is BulletinSection.OVERALL)
    place = rescuing.bulletin_place(context.plan_id, quarter)
    folder, words = store.folder, f"{held.text}\n总的看，"
    painter.program.show_start()
    closed = open_workspace(folder, "示例", context.now())
    rescuing.note_section(closed, rescuing.BULLETIN, place, held, words)
    closed.close()
    painter.program.open_folder(folder)


def _leave_behind(painter: Painter) -> None:
    """The data say otherwise than when the section was written."""
    context = painter.program.context
    assert context is not None and context.store is not None
    kept = context.store.bulletins.sections(context.plan_id, str(context.quarter))
    for name, section in kept.all().items():
        kept.put(name, replace(section, drafted="从前起草的。"), context.now())


def _once_open(name: str, then: Callable[[Any], object]) -> None:
    """As soon as a dialog of this name is shown, which may need a job first."""

    def look() -> None:
        found = [w for w in QApplication.topLevelWidgets() if w.objectName() == name and w.isVisible()]
        if found:
            QTimer.singleShot(100, lambda: then(found[0]))
        else:
            QTimer.singleShot(50, look)

    QTimer.singleShot(50, look)
