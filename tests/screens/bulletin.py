"""导出通报: what is printed, the scoring rules, points that fit no rules, and what came of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QAbstractButton, QApplication

from tests.screens.painting import Painter

_NAME = "bulletin_dialog"


def bulletin_scenes(painter: Painter) -> None:
    """The dialog as it opens, with the ranking ticked, with an odd number; then the export."""

    def opened(then: Callable[[Any], object]) -> None:
        """Press the button whose dialog holds it up, and do something with the dialog."""
        QTimer.singleShot(200, lambda: then(_dialog()))
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

    opened(lambda dialog: painter.paint_dialog(_NAME, "city_bulletin"))
    opened(ranked)
    opened(odd)
    opened(lambda dialog: dialog.findChild(QAbstractButton, "bulletin_export").click())
    painter.paint("city_desk_exported")


def _dialog() -> Any:
    return next(w for w in QApplication.topLevelWidgets() if w.objectName() == _NAME and w.isVisible())
