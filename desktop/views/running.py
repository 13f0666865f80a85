"""The program from its first window to its last: what happens once in a process and belongs to no window."""

from __future__ import annotations

import logging
import sys
from pathlib import Path

from PySide6.QtCore import QLibraryInfo, QLockFile, QTimer, QTranslator
from PySide6.QtWidgets import QApplication

from desktop import __version__
from desktop.jobs.collecting import settle
from desktop.paths import Paths, is_proven, note_started
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
    # Held until this program listens to later starts, or has handed its package over.
    lead = QLockFile(str(paths.user / "start.lock"))
    if package is not None and workspace is None:
        from desktop.views.handing import hand_over_or_lead

        if hand_over_or_lead(paths.user, package, lead):
            return 0
    program = Program(app, paths)
    install_hooks(program.show_error)
    logging.getLogger("lantian").info("started %s", __version__)
    if is_proven(paths):
        program.begin(workspace, package)
        QTimer.singleShot(0, lambda: _began(program, lead))
    else:
        # First it is noted that this version starts: opening a workspace may bring it up to date, and then the version
        # before, to which the launcher would go back, could not read it.
        program.show_start()
        QTimer.singleShot(0, lambda: _began(program, lead, workspace, package))
    status = app.exec()
    program.close()
    return status


def _began(
    program: Program, lead: QLockFile, workspace: Path | None = None, package: Path | None = None
) -> None:
    """The window is there and answers: this version works, and later starts may hand their files over."""
    from desktop.views.handing import Receiver

    receiver = Receiver(program.paths.user, program.take_package, program.app)
    program.app.aboutToQuit.connect(receiver.close)
    lead.unlock()
    note_started(program.paths)
    settle()
    if workspace is not None or package is not None:
        program.begin(workspace, package)


def _speak_chinese(app: QApplication) -> None:
    """Qt's own words (in dialogs and menus) in Chinese, where Qt brings them."""
    translator = QTranslator(app)
    if translator.load("qtbase_zh_CN", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        app.installTranslator(translator)
