"""Cold start: from the interpreter's start to the first painted window."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from datetime import datetime
from pathlib import Path

from bench.figure import Figure, in_turn

RUNS = 7
# Both tell the moment after the first paint and leave at once; the parent's clock counts from before the start.
_EMPTY = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMainWindow
class Window(QMainWindow):
    def paintEvent(self, event):
        super().paintEvent(event)
        QTimer.singleShot(0, app.quit)
app = QApplication(sys.argv)
window = Window()
window.resize(1366, 696)
window.show()
app.exec()
"""
_OURS = """
import sys
from pathlib import Path
from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication
from desktop.paths import usual_paths
from desktop.views.application import Program
class Watch(QObject):
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint and watched is program.window.centralWidget():
            QTimer.singleShot(0, app.quit)
        return False
app = QApplication(sys.argv)
program = Program(app, usual_paths())
watch = Watch()
if len(sys.argv) > 1:
    program.open_folder(Path(sys.argv[1]))
else:
    program.show_start()
app.installEventFilter(watch)
program.window.centralWidget().update()
app.exec()
program.close()
"""


def _seconds(program: str, *arguments: str) -> float:
    environment = {
        **os.environ,
        "QT_QPA_PLATFORM": "offscreen",
        "LANTIAN_HOME": tempfile.gettempdir() + "/lantian-bench",
    }
    begun = time.perf_counter()
    subprocess.run(
        [sys.executable, "-c", program, *arguments], env=environment, check=True, capture_output=True
    )
    return time.perf_counter() - begun


def figures() -> list[Figure]:
    """The start page, and an open workspace of a county with 18 measures, beside an empty QMainWindow."""
    what = "an empty QMainWindow in the same interpreter"
    start, floor = in_turn(lambda: _seconds(_OURS), lambda: _seconds(_EMPTY), RUNS)
    found = [Figure("cold start to the painted start page", start, floor, what)]
    with tempfile.TemporaryDirectory() as folder:
        county = _county(Path(folder))
        opened, floor = in_turn(lambda: _seconds(_OURS, str(county)), lambda: _seconds(_EMPTY), RUNS)
        found.append(Figure("cold start to the painted filling page", opened, floor, what))
    return found


def _county(folder: Path) -> Path:
    from desktop.paths import usual_paths
    from desktop.services.demonstrating import demonstrate

    made = demonstrate(
        folder / "demo", usual_paths(), None, "2025Q1", None, datetime.now().astimezone(), rounds=1000
    )
    return folder / "demo" / "units" / str(made["units"][0]["code"])
