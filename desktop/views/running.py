"""The program from its first window to its last: what happens once in a process and belongs to no window."""

from __future__ import annotations

import logging
import sys
from pathlib import Path

from PySide6.QtCore import QLibraryInfo, QTimer, QTranslator
from PySide6.QtWidgets import QApplication

from desktop import __version__
from desktop.paths import Paths, note_started
from desktop.views.application import Program
from desktop.views.errors import install_hooks


def run_window(paths: Paths, workspace: Path | None, package: Path | None) -> int:
    """Starts the window and runs until it is closed; returns the exit status.

    A package without a workspace goes to the program that runs already, if one does.
    """
    app = QApplication(sys.argv[:1])
    app.setApplicationName("lantian")
    app.setApplicationDisplayName("")
    _speak_chinese(app)
    if package is not None and workspace is None:
        from desktop.views.handing import hand_over

        if hand_over(paths.user, package):
            return 0
    program = Program(app, paths)
    install_hooks(program.show_error)
    logging.getLogger("lantian").info("started %s", __version__)
    program.begin(workspace, package)
    QTimer.singleShot(0, lambda: _began(program))
    status = app.exec()
    program.close()
    return status


def _began(program: Program) -> None:
    """The window is there and answers: this version works, and later starts may hand their files over."""
    from desktop.views.handing import Receiver

    receiver = Receiver(program.paths.user, program.take_package, program.app)
    program.app.aboutToQuit.connect(receiver.close)
    note_started(program.paths)


def _speak_chinese(app: QApplication) -> None:
    """Qt's own words (in dialogs and menus) in Chinese, where Qt brings them."""
    translator = QTranslator(app)
    if translator.load("qtbase_zh_CN", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        app.installTranslator(translator)
