"""What a page says: banner, note, empty state, section head, thin bar, a running job."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QProgressBar, QPushButton, QSizePolicy, QWidget

from desktop.jobs.runner import Job
from desktop.views.icons import Icons
from desktop.views.widgets.layout import clear, column, row
from desktop.views.widgets.styling import button, label, mark, pane, picture

_BANNER_ICONS = {"info": "", "good": "mark-ok", "warn": "mark-look", "bad": "mark-must"}


class Banner(QFrame):
    """What happened, what is safe, what next. `tone`: info, good, warn, bad; `large` is the page's own banner."""

    def __init__(
        self, icons: Icons, tone: str = "info", large: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._icons, self._large = icons, large
        self._icon = QLabel()
        # The mark stands at the middle of the title's line.
        self._icon.setContentsMargins(0, 0 if large else 3, 0, 0)
        self.title = label("", "title" if large else "strong", name="banner_title", wrap=True)
        self.text = label("", tone="text2", name="banner_text", wrap=True)
        self.bar = ThinBar()
        self.bar.hide()
        self._actions = row()
        words = column(self.title, self.text, self.bar, gap=4)
        space = 16 if large else 12
        layout = row(self._icon, words, self._actions, gap=12, margins=(space, space - 4, space, space - 4))
        layout.setStretch(1, 1)
        layout.setAlignment(self._icon, Qt.AlignmentFlag.AlignVCenter if large else Qt.AlignmentFlag.AlignTop)
        self.setLayout(layout)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.say(tone)

    def sizeHint(self) -> QSize:
        # Its height is fixed to what its words need at this width, not at the width they would like.
        hint = super().sizeHint()
        return QSize(hint.width(), self.layout().totalHeightForWidth(self.width()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self.updateGeometry()

    def say(self, tone: str, title: str = "", text: str = "") -> None:
        """Change words, icon and colour together."""
        self.title.setText(title)
        self.title.setVisible(bool(title))
        self.text.setText(text)
        self.text.setToolTip("")
        self.text.setVisible(bool(text))
        self.setAccessibleName(f"{title} {text}".strip())
        name = _BANNER_ICONS[tone]
        if name:
            self._icon.setPixmap(self._icons.pixmap(name, size=22 if self._large else 14))
        self._icon.setVisible(bool(name))
        mark(self, banner=tone)
        # The title's colour follows the frame's tone, and the style looks again only where it is told to.
        for words in (self.title, self.text):
            words.style().unpolish(words)
            words.style().polish(words)

    def add_action(
        self,
        text: str,
        clicked: Callable[[], object] | None = None,
        kind: str = "secondary",
        name: str = "",
    ) -> QPushButton:
        made = button(text, kind, name, clicked)
        self._actions.addWidget(made)
        return made

    def clear_actions(self) -> None:
        clear(self._actions)


def note(text: str, name: str = "") -> QFrame:
    """Grey text with a line at its left: what a step means."""
    made = pane("note", name)
    made.setLayout(column(label(text, tone="text2", wrap=True), margins=(12, 10, 12, 10)))
    return made


class EmptyState(QWidget):
    """Centred, at most three lines: what is missing, what to do, one button."""

    def __init__(
        self,
        icons: Icons,
        icon: str,
        title: str,
        text: str = "",
        action: str = "",
        clicked: Callable[[], object] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.title = label(title, "strong", name="empty_title", wrap=True)
        self.text = label(text, tone="text2", name="empty_text", wrap=True)
        self.action = button(action, name="empty_action", clicked=clicked)
        layout = column(
            None, picture(icons, icon, "text3", 20), self.title, self.text, 4, self.action, None, gap=6
        )
        layout.setContentsMargins(24, 24, 24, 24)
        sign = layout.itemAt(1).widget()
        for part in (sign, self.action):
            layout.setAlignment(part, Qt.AlignmentFlag.AlignHCenter)
        # Words take the whole width: centred by the layout they would wrap early and be cut.
        for words in (self.title, self.text):
            words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setLayout(layout)
        self.say(title, text, action)

    def say(self, title: str, text: str = "", action: str = "") -> None:
        self.title.setText(title)
        self.text.setText(text)
        self.text.setVisible(bool(text))
        self.action.setText(action)
        self.action.setVisible(bool(action))


class SectionHead(QWidget):
    """A strong title with a caption beside it; `number` stands in a ring; `trailing` goes to the right."""

    def __init__(
        self,
        icons: Icons,
        title: str,
        caption: str = "",
        number: int | None = None,
        trailing: QWidget | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.title = label(title, "strong")
        self.caption = label(caption, "caption")
        layout = row(gap=8)
        self.ring = Ring(icons, number) if number is not None else None
        if self.ring is not None:
            layout.addWidget(self.ring)
        for part in (self.title, self.caption):
            layout.addWidget(part)
        layout.addStretch(1)
        if trailing is not None:
            layout.addWidget(trailing)
        self.setLayout(layout)

    def set_caption(self, text: str) -> None:
        self.caption.setText(text)


class Ring(QLabel):
    """A number in a ring: the steps of a page."""

    def __init__(self, icons: Icons, number: int) -> None:
        super().__init__(str(number))
        theme = icons.theme
        side = theme.px(20)
        self.setFixedSize(side, side)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setStyleSheet(
            f"border: 1px solid {theme.colours['field']}; border-radius: {side // 2}px;"
            f"font-size: {theme.px(12)}px; color: {theme.colours['text2']};"
        )


class ThinBar(QProgressBar):
    """6 px; how far something is, never a number on it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("thin", True)
        self.setTextVisible(False)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_share(self, done: int, total: int) -> None:
        """`done` of `total`; with a total of 0 the bar is empty."""
        self.setRange(0, max(total, 1))
        self.setValue(min(done, total))
        self.setAccessibleName(f"{done}/{total}")


class JobBar(QWidget):
    """A running job in place: after 0.3 s a bar, after 2 s what is being done and 停止 (or what `stop` says).

    `stopped` when that is pressed; the job itself may take a moment more.
    """

    stopped = Signal()
    BAR_AFTER_MS, WORDS_AFTER_MS = 300, 2000

    def __init__(self, parent: QWidget | None = None, stop: str = "停止") -> None:
        super().__init__(parent)
        self._job: Job | None = None
        self._word = stop
        self._step = label("", tone="text2", name="job_step")
        self._stop = button(stop, "tool", "job_stop", self._cancel)
        self._bar = ThinBar()
        self.setLayout(column(row(self._step, None, self._stop), self._bar, gap=4))
        self._timers = [
            self._timer(self.BAR_AFTER_MS, self.show),
            self._timer(self.WORDS_AFTER_MS, self._words),
        ]
        self._worded(False)
        self.hide()

    def watch(self, job: Job, begins: str = "") -> None:
        """Follow `job` until it ends; `begins` is said until it tells what it does."""
        self._job = job
        self._stop.setEnabled(True)
        self._stop.setText(self._word)
        self._step.setText(begins)
        self._bar.setRange(0, 0)
        self._worded(False)
        job.progressed.connect(self._progressed)
        job.finished.connect(self._ended)
        for timer in self._timers:
            timer.start()

    def _progressed(self, step: str, done: int, total: int) -> None:
        self._step.setText(f"{step}，{done}/{total}" if total > 1 else step)
        self._bar.set_share(done, total)

    def _words(self) -> None:
        self._worded(True)

    def _worded(self, shown: bool) -> None:
        self._step.setVisible(shown)
        self._stop.setVisible(shown)

    def _cancel(self) -> None:
        if self._job is not None:
            self._job.cancel()
            self._stop.setEnabled(False)
            self._stop.setText("正在停…")
            self.stopped.emit()

    def leave(self) -> None:
        """Follow the job no longer, whatever becomes of it."""
        if self._job is not None:
            self._job.progressed.disconnect(self._progressed)
            self._job.finished.disconnect(self._ended)
            self._ended()

    def _ended(self) -> None:
        for timer in self._timers:
            timer.stop()
        self._job = None
        self.hide()

    def _timer(self, after_ms: int, told: Callable[[], object]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(after_ms)
        timer.timeout.connect(told)
        return timer
