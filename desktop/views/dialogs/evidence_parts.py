"""The parts of the evidence dialog: the bar over a file, and the stage on which it is shown."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QPlainTextEdit,
    QStackedWidget,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from desktop.domain.report import Evidence
from desktop.intake.forms.archive_names import ArchiveNames
from desktop.services.previewing import Form, Shown
from desktop.views.errors import sentence_of
from desktop.views.icons import Icons
from desktop.views.widgets.elided import ElidedLabel
from desktop.views.widgets.file_drop import icon_for, size_text
from desktop.views.widgets.layout import clear, column, row
from desktop.views.widgets.notices import Banner, EmptyState
from desktop.views.widgets.picture_view import PictureView
from desktop.views.widgets.styling import button, icon_button, label, page_bar, pane, rule
from desktop.wording import evidence as words


class EvidenceBar(QFrame):
    """Which file of how many, its size; page and zoom where it has them."""

    fileWanted = Signal(int)
    pageWanted = Signal(int)
    zoomWanted = Signal(int)

    def __init__(self, icons: Icons) -> None:
        super().__init__()
        self.page = 0

        def tool(icon: str, text: str, name: str, told: Signal, step: int) -> QWidget:
            return icon_button(icons, icon, text, "icon", name, lambda: told.emit(step))

        self._before = tool("left", "上一份（Alt+←）", "evidence_before", self.fileWanted, -1)
        self._after = tool("right", "下一份（Alt+→）", "evidence_after", self.fileWanted, 1)
        self.title = ElidedLabel("", "strong", middle=True)
        self.title.setObjectName("evidence_title")
        self.caption = label("", "caption", name="evidence_caption")
        self._up = tool("up", "上一页（PgUp）", "evidence_page_up", self.pageWanted, -1)
        self._down = tool("down", "下一页（PgDn）", "evidence_page_down", self.pageWanted, 1)
        self._number = label("", "label", name="evidence_page")
        smaller = tool("minus", "缩小（−）", "evidence_smaller", self.zoomWanted, -1)
        larger = tool("plus", "放大（＋）", "evidence_larger", self.zoomWanted, 1)
        fit = button("适合", "tool", "evidence_fit", lambda: self.zoomWanted.emit(0))
        fit.setToolTip("按窗口大小显示（0）")
        self._zoom = label("", "label", name="evidence_zoom")
        self._turning, self._zooming = QWidget(), QWidget()
        self._turning.setLayout(row(self._up, self._number, self._down, rule(vertical=True)))
        self._zooming.setLayout(row(smaller, self._zoom, larger, fit))
        bar = page_bar(icons)
        inside = row(
            *(self._before, self._after, self.title, self.caption, None, self._turning, self._zooming),
            margins=(12, 7, 12, 7),
        )
        bar.setLayout(inside)
        self.setLayout(row(bar))

    def show_file(self, file: Evidence, at: int, count: int) -> None:
        """A file that is being opened: its name and which it is."""
        self.title.setText(file.name)
        self.title.setToolTip(file.name)
        self.caption.setText(words.caption(file))
        for tool in (self._before, self._after):
            tool.setVisible(count > 1)
        self._before.setEnabled(at > 0)
        self._after.setEnabled(at < count - 1)
        self._turning.hide()
        self._zooming.hide()
        self.page = 0

    def show_caption(self, text: str) -> None:
        self.caption.setText(text)

    def show_page(self, number: int, pages: int) -> None:
        """A page that is shown, counted from 0."""
        self.page = number
        self._turning.setVisible(pages > 1)
        self._number.setText(f"第{number + 1}页，共{pages}页")
        self._up.setEnabled(number > 0)
        self._down.setEnabled(number < pages - 1)
        self._zooming.show()

    def show_zoom(self, word: str) -> None:
        self._zoom.setText(word)


class EvidenceStage(QStackedWidget):
    """A picture, a text, an archive's names, or what a file is that is not shown here."""

    def __init__(self, icons: Icons, outside: Callable[[], object]) -> None:
        super().__init__()
        self._icons, self._outside = icons, outside
        self._nothing = pane("mat")
        self.picture = PictureView(icons)
        self.picture.setObjectName("evidence_picture")
        self.text = QPlainTextEdit()
        self.text.setObjectName("evidence_text")
        self.text.setReadOnly(True)
        self.text.setProperty("kind", "reading")
        self.text.document().setDocumentMargin(icons.theme.px(10))
        self.text.setAccessibleName("文件里的文字")
        self._archive = pane("surface")
        self.warning = Banner(icons, "warn")
        self.warning.setObjectName("archive_warning")
        self.names = _names_table()
        self._count = label("", "caption", name="archive_count")
        self._archive.setLayout(column(self.warning, self._count, self.names, margins=(16, 12, 16, 12)))
        self._other = pane("surface")
        self._said = column(gap=8, margins=(24, 24, 24, 24))
        self._other.setLayout(self._said)
        for part in (self._nothing, self.picture, self.text, self._archive, self._other):
            self.addWidget(part)

    def clear(self) -> None:
        """Nothing is shown while a file is being read."""
        self.setCurrentWidget(self._nothing)
        self.picture.show_image(QImage())
        self.text.clear()

    def show_page(self, image: QImage, name: str, wide: bool) -> None:
        """A page of a document is `wide`: it is fitted by its width."""
        self.picture.show_image(image, name, wide)
        self.setCurrentWidget(self.picture)
        self.picture.setFocus()

    def show_file(self, file: Evidence, shown: Shown, used: str) -> None:
        """A file that has no pages."""
        if shown.form is Form.TEXT:
            self.text.setPlainText(shown.text)
            self.setCurrentWidget(self.text)
            self.text.setFocus()
        elif shown.form is Form.ARCHIVE and shown.archive is not None:
            self._show_archive(shown.archive, shown.programs)
        elif shown.trouble is not None:
            said = sentence_of(shown.trouble)
            self.say(file, said.title, said.text)
        else:
            self.say(file, file.name, words.not_shown(file, used))

    def say(self, file: Evidence, title: str, text: str, outside: bool = True) -> None:
        """What a file is, or why it is not shown; with the way on, where another program may open it."""
        clear(self._said)
        action = "用电脑上的程序打开" if outside else ""
        state = EmptyState(self._icons, icon_for(file.name), title, text, action, self._outside)
        self._said.addWidget(state)
        self.setCurrentWidget(self._other)
        state.action.setFocus()

    def _show_archive(self, archive: ArchiveNames, programs: tuple[str, ...]) -> None:
        self.warning.setVisible(bool(programs))
        if programs:
            self.warning.say("warn", *words.programs(programs))
        self._count.setText(words.archive_count(archive.count, len(archive.entries), archive.size))
        self.names.setRowCount(len(archive.entries))
        for number, entry in enumerate(archive.entries):
            size = "" if entry.name.endswith("/") else size_text(entry.size)
            texts = (entry.name, f"{size}，有密码" if entry.locked else size)
            for place, text in enumerate(texts):
                item = QTableWidgetItem(text)
                if place:
                    item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
                item.setToolTip(text)
                self.names.setItem(number, place, item)
        self.setCurrentWidget(self._archive)
        self.names.setFocus()


def _names_table() -> QTableWidget:
    made = QTableWidget(0, 2)
    made.setObjectName("archive_names")
    made.setAccessibleName("压缩包里的文件")
    made.setHorizontalHeaderLabels(["名称", "大小"])
    made.horizontalHeaderItem(0).setTextAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    made.horizontalHeaderItem(1).setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    made.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
    made.horizontalHeader().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
    made.verticalHeader().hide()
    made.setShowGrid(False)
    made.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    made.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    made.setTabKeyNavigation(False)
    return made
