"""A window at the size that a scale leaves, settled and painted into a file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QEventLoop, QSize, Qt, QTimer
from PySide6.QtWidgets import QApplication, QDialog, QPushButton, QWidget

from desktop.views.application import Program
from desktop.views.main_window import MainWindow

# What an office monitor of 1366 × 768 leaves to the program, in its own pixels.
SCREEN = QSize(1366, 696)


@dataclass
class OneFolder:
    """Answers every question for a folder with the same one."""

    place: Path

    def open_files(self, title: str, filters: tuple[str, ...], many: bool = True) -> tuple[Path, ...]:
        return ()

    def save_file(self, title: str, suggested: str, filters: tuple[str, ...]) -> Path | None:
        return None

    def folder(self, title: str, start: Path | None = None) -> Path | None:
        self.place.mkdir(parents=True, exist_ok=True)
        return self.place

    def show(self, path: Path) -> bool:
        return True


class Painter:
    """Keeps pictures as `name`_150.png."""

    def __init__(self, program: Program, folder: Path, scale: str) -> None:
        self.program, self.folder = program, folder
        self.size = QSize(round(SCREEN.width() / float(scale)), round(SCREEN.height() / float(scale)))
        self.suffix = f"{round(float(scale) * 100)}"

    @property
    def window(self) -> MainWindow:
        window = self.program.window
        assert isinstance(window, MainWindow)
        return window

    def paint(self, name: str) -> None:
        """The program's window."""
        assert self.program.window is not None
        self.program.window.resize(self.size)
        settle(self.program)
        self.keep(self.program.window, name)

    def paint_dialog(self, object_name: str, name: str) -> None:
        """A dialog that is open, which is closed afterwards."""
        settle(self.program)
        shown = (w for w in QApplication.topLevelWidgets() if w.isVisible())
        found = next(w for w in shown if w.objectName() == object_name)
        self.keep(found, name)
        assert isinstance(found, QDialog)
        found.reject()
        settle(self.program)

    def paint_modal(self, object_name: str, name: str, opened: Callable[[], object]) -> None:
        """A dialog that holds up whoever opened it."""
        QTimer.singleShot(200, lambda: self.paint_dialog(object_name, name))
        opened()

    def keep(self, widget: QWidget, name: str) -> None:
        # Without a screen the mouse lies on the first place of the rail for ever.
        for part in (widget, *widget.findChildren(QWidget)):
            part.setAttribute(Qt.WidgetAttribute.WA_UnderMouse, False)
        widget.grab().save(str(self.folder / f"{name}_{self.suffix}.png"))

    def go(self, key: str) -> QWidget:
        """A place's page, settled."""
        self.window.go_to(key)
        self.window.resize(self.size)
        settle(self.program)
        page = self.window.page
        assert page is not None
        return page

    def press(self, name: str) -> None:
        """A button of the page that is shown."""
        assert self.window.page is not None
        made = self.window.page.findChild(QPushButton, name)
        assert made is not None, name
        made.click()


def settle(program: Program) -> None:
    """Until no job runs and what was posted is done."""
    for _ in range(3):
        program.runner.wait_idle()
        loop = QEventLoop()
        QTimer.singleShot(60, loop.quit)
        loop.exec()
