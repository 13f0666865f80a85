"""打开: workspaces that were opened before. 用示例试一试: a fictional city and county."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from desktop.domain.progress import Progress
from desktop.services import opening
from desktop.views.context import Context, Question
from desktop.views.pages.start_words import STEPS
from desktop.views.preferences import RecentWorkspace
from desktop.views.widgets.layout import clear, column, flow, row
from desktop.views.widgets.notices import JobBar
from desktop.views.widgets.styling import button, icon_button, label, pane, rule
from desktop.wording.terms import full_date, month_day

_MOST_SHOWN = 4
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class RecentRow(QAbstractButton):
    """A workspace that was opened before: unit over folder, the day at the right; says when it is not there."""

    def __init__(self, context: Context, recent: RecentWorkspace) -> None:
        super().__init__()
        self._theme, self._icons = context.theme, context.icons
        self._recent = recent
        self.missing = not recent.folder.is_dir()
        day = recent.opened
        self._day = (
            "" if day is None else month_day(day) if day.year == context.today().year else full_date(day)
        )
        self.setText(recent.unit or recent.folder.name)
        self.setToolTip(str(recent.folder))
        missing = "，找不到了，U盘没插？" if self.missing else ""
        self.setAccessibleName(f"打开{self.text()}{missing}")
        self.setAccessibleDescription(str(recent.folder))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(self._theme.px(56))

    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(300), self._theme.px(56))

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, px = self._theme, self._theme.px
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.colour("surface2" if self.underMouse() else "surface"))
        painter.fillRect(0, self.height() - 1, self.width(), 1, theme.colour("line"))
        side = px(16)
        painter.drawPixmap(px(10), (self.height() - side) // 2, self._icons.pixmap("folder", "text2", 16))
        left, right = px(38), self.width() - px(8)
        painter.setFont(theme.font("caption"))
        painter.setPen(theme.colour("text3"))
        first = QRect(left, px(9), right - left, px(20))
        painter.drawText(first, _RIGHT, self._day)
        first.setRight(first.right() - painter.fontMetrics().horizontalAdvance(self._day) - px(8))
        second = QRect(left, px(29), right - left, px(16))
        self._paint_folder(painter, second)
        painter.setFont(theme.font("body"))
        painter.setPen(theme.colour("text"))
        shown = painter.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, first.width())
        painter.drawText(first, _LEFT, shown)
        if self.hasFocus():
            painter.setPen(QPen(theme.colour("accent"), 2))
            painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), 4, 4)

    def _paint_folder(self, painter: QPainter, line: QRect) -> None:
        metrics, gap = painter.fontMetrics(), self._theme.px(12)
        word = "找不到了，U盘没插？" if self.missing else ""
        used = metrics.horizontalAdvance(word) + gap if word else 0
        path = metrics.elidedText(str(self._recent.folder), Qt.TextElideMode.ElideMiddle, line.width() - used)
        painter.drawText(line, _LEFT, path)
        if word:
            painter.setPen(self._theme.colour("warn"))
            painter.drawText(line.adjusted(metrics.horizontalAdvance(path) + gap, 0, 0, 0), _LEFT, word)


class OpenPane(QWidget):
    """`wanted(folder)` when a workspace is to be opened, `restore_wanted()` when one is to be made from a backup."""

    wanted = Signal(object)
    restore_wanted = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._rows = column(gap=0)
        self._none = label("还没有打开过工作区。", tone="text3", name="no_recent")
        other = icon_button(
            context.icons, "folder", "打开其他文件夹…", name="open_other", clicked=self._choose
        )
        backup = button("从备份恢复…", "link", "open_backup", self.restore_wanted.emit)
        line = row(other, backup, None, gap=12)
        self.setLayout(column(label("打开", "title"), self._rows, self._none, line, gap=12))
        self.refresh()

    def refresh(self) -> None:
        """Reads the list anew."""
        clear(self._rows)
        found = self._context.settings.recent_workspaces[:_MOST_SHOWN]
        if found:
            self._rows.addWidget(rule())
        for number, recent in enumerate(found):
            line = RecentRow(self._context, recent)
            line.setObjectName(f"recent_{number}")
            line.clicked.connect(lambda _=False, folder=recent.folder: self.wanted.emit(folder))
            self._rows.addWidget(line)
        self._none.setVisible(not found)

    def _choose(self) -> None:
        folder = self._context.files.folder("打开哪个工作区文件夹")
        if folder is not None:
            self.wanted.emit(folder)


class SampleCard(QWidget):
    """`wanted(folder)` with one of the sample's workspaces, made first where it is not there; `failed(error)`."""

    wanted = Signal(object)
    failed = Signal(object)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        icons = context.icons
        self._county = icon_button(
            icons, "county", "当一回县级", name="sample_county", clicked=lambda: self.start("county")
        )
        self._city = icon_button(
            icons, "city", "当一回市级", name="sample_city", clicked=lambda: self.start("city")
        )
        self._anew = button("重新做一份示例", "smallLink", "sample_anew", self.make_anew)
        self._bar = JobBar()
        self._bar.setObjectName("sample_job")
        secret = label(
            f"示例里要口令的地方，都输：{opening.SAMPLE_PASSPHRASE}", "caption", name="sample_passphrase"
        )
        secret.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        card = pane("quietCard")
        words = "一个虚构的市、三个县、两个园区，18条措施，正报到一半。随便点、随便改，不影响正式内容。"
        card.setLayout(
            column(
                label(words, tone="text2", wrap=True), flow(self._county, self._city, self._anew, gap=8),
                secret, self._bar, gap=12, margins=(16, 14, 16, 14),
            )
        )  # fmt: skip
        self.setLayout(column(label("用示例试一试", "title"), card, gap=12))
        self._show()

    @property
    def folder(self) -> Path:
        """Where the sample is kept: in the person's own folder of this program."""
        return self._context.paths.user / "示例"

    def start(self, which: str) -> None:
        """Opens the sample's `city` or `county`; makes it when it is not there."""
        there = opening.sample_in(self.folder)
        if there is not None:
            self.wanted.emit(getattr(there, which))
        else:
            self._make(which)

    def make_anew(self) -> None:
        """Asks, and makes the sample as it was at first."""
        question = Question(
            "重新做一份示例？",
            "您在示例里填过、改过的都会去掉。正式的工作区不受影响。",
            "重新做一份",
            dangerous=True,
        )
        if self._context.ask(question):
            self._make("")

    def _make(self, which: str) -> None:
        context, folder = self._context, self.folder

        def work(progress: Progress) -> opening.Sample:
            from desktop.services.sampling import make_sample

            def told(step: str, done: int, total: int) -> None:
                progress(STEPS.get(step, step), done, total)

            return make_sample(folder, context.paths, context.rounds, context.now(), told)

        def done(sample: opening.Sample) -> None:
            self._show()
            if which:
                self.wanted.emit(getattr(sample, which))

        def not_done(error: Exception) -> None:
            self._show()
            self.failed.emit(error)

        self._show(busy=True)
        self._bar.watch(context.runner.run(work, done, not_done, self))

    def _show(self, busy: bool = False) -> None:
        for each in (self._county, self._city, self._anew):
            each.setEnabled(not busy)
        self._anew.setVisible(opening.sample_in(self.folder) is not None)
