"""How errors reach the person: what can be mended as guidance, a bug as a bug with where its log is."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from types import TracebackType
from typing import Protocol

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from desktop.domain.errors import CancelledError, UserError
from desktop.views.context import Question
from desktop.views.icons import Icons
from desktop.views.widgets.dialog import Dialog, front_window
from desktop.views.widgets.layout import row
from desktop.views.widgets.notices import Banner
from desktop.views.widgets.styling import label, picture

_log = logging.getLogger("desktop")
_QT_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}


class Sentence(Protocol):
    """What happened (title), what is safe and what next (text), and the code for 详情."""

    @property
    def title(self) -> str: ...
    @property
    def text(self) -> str: ...
    @property
    def code(self) -> str: ...


def sentence_of(error: UserError) -> Sentence:
    """The words for an error; loaded when the first error comes, not at the start."""
    found: Sentence = import_module("desktop.wording.errors").sentence(error)
    return found


def show_in_banner(banner: Banner, error: UserError) -> None:
    """Say an error in place, in the page's own banner."""
    said = sentence_of(error)
    banner.say("bad", said.title, said.text)
    banner.setToolTip(f"详情：{said.code}")
    banner.show()


class ErrorPresenter:
    """Called with an exception, shows it; a cancelled job is no error and shows nothing."""

    def __init__(self, icons: Icons, log: Path) -> None:
        self._icons, self._log_file = icons, log
        self._showing = False

    def __call__(self, error: Exception) -> None:
        if isinstance(error, CancelledError):
            return
        if not isinstance(error, UserError):
            _log.error("unexpected error", exc_info=error)
        if self._showing:
            return
        self._showing = True
        try:
            dialog = self.dialog(error, front_window())
            dialog.exec()
            dialog.deleteLater()
        finally:
            self._showing = False

    def dialog(self, error: Exception, parent: QWidget | None = None) -> Dialog:
        """The dialog for an error, not yet shown."""
        if isinstance(error, UserError):
            said = sentence_of(error)
            title, text, detail = said.title, said.text, said.code
        else:
            title = "程序出了错，这一步没有做完"
            text = f"已经存好的内容不受影响。可以再试一次；还是不行，请把下面这个日志文件交给维护人员：\n{self._log_file}"
            detail = f"{type(error).__name__}: {error}"
        return _error_dialog(self._icons, title, text, detail, parent)


def _error_dialog(icons: Icons, title: str, text: str, detail: str, parent: QWidget | None) -> Dialog:
    made = Dialog("蓝天季报", title, parent=parent)
    made.setObjectName("error_dialog")
    words = label(text, tone="text2", name="error_text", wrap=True)
    mark = picture(icons, "mark-must", size=14)
    line = row(mark, words, gap=10)
    line.setStretch(1, 1)
    made.body.addLayout(line)
    code = label(detail, "caption", name="error_code", wrap=True)
    code.hide()
    made.body.addWidget(code)
    made.add_button("详情", "link", "error_detail", lambda: code.setVisible(code.isHidden()))
    made.add_button("复制", "link", "error_copy", lambda: _copy(f"{title}\n{text}\n{detail}"))
    made.add_button("知道了", "primary", "error_close", made.accept)
    return made


def _copy(text: str) -> None:
    QGuiApplication.clipboard().setText(text)


def ask_with_dialog(question: Question) -> bool:
    """A question before something that has consequences. The safe answer has the focus where it is dangerous."""
    made = Dialog("蓝天季报", question.title, parent=front_window())
    made.setObjectName("question_dialog")
    made.body.addWidget(label(question.text, tone="text2", name="question_text", wrap=True))
    no = made.add_button(question.no, "secondary", "question_no", made.reject)
    yes = made.add_button(question.yes, "primary", "question_yes", made.accept)
    if question.dangerous:
        yes.setDefault(False)
        yes.setAutoDefault(False)
    (no if question.dangerous else yes).setFocus()
    answer = made.exec() == Dialog.DialogCode.Accepted
    made.deleteLater()
    return answer


def install_hooks(show: Callable[[Exception], None]) -> None:
    """Bugs that nobody caught, and Qt's own messages, go to the log; bugs are shown as well."""

    def caught(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if not isinstance(error, Exception):
            sys.__excepthook__(kind, error, trace)
            return
        try:
            show(error)
        except Exception:
            _log.exception("an error could not be shown: %r", error)

    sys.excepthook = caught
    qInstallMessageHandler(_log_qt)


def _log_qt(kind: QtMsgType, context: QMessageLogContext, message: str) -> None:
    _log.log(_QT_LEVELS.get(kind, logging.WARNING), "Qt: %s", message)
