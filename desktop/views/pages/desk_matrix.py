"""措施 × 单位: filter, matrix, the summary of a cell, legend."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QEvent, QObject, QRect, Qt, Signal
from PySide6.QtGui import QBrush, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QLabel, QStackedWidget, QWidget

from desktop.domain.report import Entry, ProgressStatus
from desktop.domain.summary import SummaryCell, SummaryDocument, SummaryRow
from desktop.domain.unit import Unit
from desktop.services.noticing import Noticed
from desktop.views.context import Context
from desktop.views.icons import lamp_token, lamp_word
from desktop.views.pages.desk_words import columns, count_of, matrix_rows, narrowed, note, units_to_look_at
from desktop.views.widgets.chip import ChipRow
from desktop.views.widgets.inputs import SearchBox
from desktop.views.widgets.layout import column, flow, row
from desktop.views.widgets.matrix_view import MARK, MatrixView
from desktop.views.widgets.notices import EmptyState
from desktop.views.widgets.styling import label, picture, rule

_FILTERS = {"all": None, "behind": ProgressStatus.BEHIND, "not_started": ProgressStatus.NOT_STARTED}
_LOOK = "look"
_WORDS = {"behind": "滞后", "not_started": "未启动", _LOOK: "要留意"}
_LONGEST = 90


class CellPopup(QFrame):
    """A cell in a few lines: whose and which measure, status, what is to be looked at, what was said."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self.setObjectName("cell_popup")
        self.title = label("", "strong", name="cell_title", wrap=True)
        self._lamp = QLabel()
        self.status = label("", name="cell_status")
        self.before = label("", tone="text2", name="cell_before")
        self.note = label("", tone="warn", name="cell_note", wrap=True)
        self.text = label("", tone="text2", name="cell_text", wrap=True)
        status = row(self._lamp, self.status, self.before, None, gap=6)
        self.setLayout(
            column(self.title, status, self.note, self.text, gap=4, margins=(12, 8, 12, 10))
        )  # fmt: skip
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFixedWidth(context.theme.px(322))
        self.hide()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._context.theme.colour("text3"), 1))
        painter.setBrush(self._context.theme.colour("surface"))
        painter.drawRoundedRect(self.rect().adjusted(0, 0, -1, -1), 4, 4)

    def show_cell(
        self, title: str, entry: Entry | None, before: ProgressStatus | None, note: str, cell: QRect
    ) -> None:
        """Beside the cell (in the parent's coordinates), inside the parent."""
        self.title.setText(title)
        known = entry is not None and entry.status is not None
        self._lamp.setVisible(known)
        if entry is not None and entry.status is not None:
            self._lamp.setPixmap(self._context.icons.lamp_pixmap(entry.status))
            self.status.setText(lamp_word(entry.status))
            self.status.setStyleSheet(f"color: {self._context.theme.colours[lamp_token(entry.status)]};")
        else:
            self.status.setText("还没报来")
            self.status.setStyleSheet("")
        self.before.setText(f"上季{lamp_word(before)}" if before is not None else "")
        lines = _told(entry) if entry is not None else "收下这家的季报后，这里显示进展。"
        self.text.setText(lines)
        self.note.setText(note)
        self.note.setVisible(bool(note))
        said = (title, self.status.text(), note, lines)
        self.setAccessibleName("，".join(part for part in said if part))
        self.layout().activate()
        self.resize(self.width(), self.layout().heightForWidth(self.width()))
        self._place(cell)
        self.show()
        self.raise_()

    def _place(self, cell: QRect) -> None:
        room = self.parentWidget().rect().adjusted(4, 4, -4, -4)
        x = min(cell.left(), room.right() - self.width())
        above, below = cell.top() - 4 - self.height(), cell.bottom() + 4
        y = below if below + self.height() <= room.bottom() else above
        if y < room.top():
            # In a low window there is no room over or under the cell, which is to be seen all the same.
            beside = cell.right() + 4
            x = beside if beside + self.width() <= room.right() else cell.left() - 4 - self.width()
            y = room.bottom() - self.height()
        self.move(max(x, room.left()), max(y, room.top()))


def _told(entry: Entry) -> str:
    parts = [_start(entry.progress or entry.explanation)]
    if entry.problems:
        parts.append(f"存在问题：{_start(entry.problems)}")
    return "\n".join(part for part in parts if part)


def _start(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= _LONGEST else f"{flat[:_LONGEST]}…"


class Hatch(QWidget):
    """The legend's picture of “nothing has come yet”."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._theme = context.theme
        self.setFixedSize(context.theme.px(14), context.theme.px(12))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.colour("hatchBg"))
        painter.setPen(self._theme.colour("line2"))
        painter.setBrush(QBrush(self._theme.colour("field"), Qt.BrushStyle.BDiagPattern))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))


def _sign(mark: QWidget, word: QWidget) -> QWidget:
    made = QWidget()
    made.setLayout(row(mark, word, gap=6))
    return made


class MatrixPane(QWidget):
    """`opened(measure key, unit code)` by Enter or a double click on a cell."""

    opened = Signal(str, str)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._document: SummaryDocument | None = None
        self._units: Mapping[str, Unit] = {}
        self._before: Mapping[tuple[str, str], ProgressStatus] = {}
        self._noticed: Noticed | None = None
        icons = context.icons
        self.search = SearchBox(icons, "筛选措施、单位")
        self.search.setObjectName("matrix_search")
        self.search.setFixedWidth(context.theme.px(176))
        self.chips = ChipRow(icons)
        self.chips.add("all", "全部")
        self.chips.add("behind", "有滞后", icons.lamp(ProgressStatus.BEHIND))
        self.chips.add("not_started", "有未启动", icons.lamp(ProgressStatus.NOT_STARTED))
        self._look = self.chips.add(_LOOK, "要留意", icons.icon("mark-look", size=14))
        self.view = MatrixView(icons)
        self.view.setObjectName("matrix")
        self.view.setAccessibleName("措施和单位的进展")
        self._none = EmptyState(
            icons, "search", "", "措施都还在，只是没显示。", "清除筛选", self.clear_filter
        )
        self._stack = QStackedWidget()
        self._stack.addWidget(self.view)
        self._stack.addWidget(self._none)
        bar = row(self.search, column(None, self.chips, None), gap=8, margins=(12, 8, 12, 8))
        bar.setStretch(1, 1)
        self.setLayout(column(bar, self._stack, rule(), self._legend(), gap=0))
        self.layout().setStretch(1, 1)
        self.popup = CellPopup(context, self)
        self.search.changed.connect(lambda _: self._fill())
        self.search.left.connect(self.view.setFocus)
        self.chips.changed.connect(lambda _: self._fill())
        self.view.opened.connect(lambda measure, unit: self.opened.emit(measure, unit) if unit else None)
        self.view.cellChanged.connect(lambda *_: self.popup.hide())
        self.view.summaryAsked.connect(self._show_summary)
        for bar_ in (self.view.verticalScrollBar(), self.view.horizontalScrollBar()):
            bar_.valueChanged.connect(self.popup.hide)
        self.view.installEventFilter(self)

    def _legend(self) -> QWidget:
        signs: list[QWidget] = []
        for status in ProgressStatus:
            lamp = QLabel()
            lamp.setPixmap(self._context.icons.lamp_pixmap(status))
            word = label(lamp_word(status), "caption")
            word.setStyleSheet(f"color: {self._context.theme.colours[lamp_token(status)]};")
            signs.append(_sign(lamp, word))
        mark = picture(self._context.icons, "mark-look", size=MARK)
        signs.append(_sign(mark, label("要留意", "caption", name="legend_look")))
        signs.append(_sign(Hatch(self._context), label("还没报来", "caption")))
        signs.append(label("空白是没有分派", "caption"))
        # Beside the open right pane it takes a second line.
        inside = flow(*signs, gap=16, line_gap=2)
        holder = QWidget()
        holder.setObjectName("legend")
        holder.setLayout(row(inside, margins=(12, 6, 12, 6)))
        return holder

    def show_summary(
        self,
        document: SummaryDocument,
        units: Mapping[str, Unit],
        before: Mapping[tuple[str, str], ProgressStatus],
    ) -> None:
        """Shows a quarter; filter, current cell and scroll stay. `before`: last quarter's status by (unit, measure)."""
        self._document, self._units, self._before = document, units, before
        self.chips.set_count("all", len(document.rows))
        for key, status in _FILTERS.items():
            if status is not None:
                self.chips.set_count(key, sum(count_of(r, status) > 0 for r in document.rows))
        self._count_looks()
        self._fill()

    def show_noticed(self, noticed: Noticed | None) -> None:
        """What was found in the quarter's accepted reports; None while that is not known yet."""
        self._noticed = noticed
        self._count_looks()
        self._fill()

    def clear_filter(self) -> None:
        self.chips.choose("all")
        self.search.clear()
        self._fill()
        self.view.setFocus()

    def go_to_unit(self, code: str) -> None:
        """Makes the unit's column current, on the row that is current; with the filter 要留意, on an entry that has a mark."""
        document = self._document
        if document is None or not document.rows:
            return
        measure = self.view.cell[0] or document.rows[0].measure_key
        if self.chips.key == _LOOK and self._noticed is not None:
            marked = [row.measure_key for row in document.rows if note(self._noticed, row, code)]
            # Where a search hides some of them, the first that it leaves.
            wanted = [measure] if measure in marked else [*marked, measure]
        else:
            wanted = [measure]
        next((True for key in wanted if self.view.go_to(key, code)), False)

    def show_behind(self, measure_key: str, code: str) -> None:
        """Only what is behind, with this cell current."""
        self.search.clear()
        self.chips.choose("behind")
        self._fill()
        self.view.go_to(measure_key, code)
        self.view.setFocus()

    def row_of(self, measure_key: str) -> SummaryRow | None:
        """Raises nothing: None for a measure that is not in the summary."""
        rows = self._document.rows if self._document else ()
        return next((r for r in rows if r.measure_key == measure_key), None)

    def _fill(self) -> None:
        self.popup.hide()
        if self._document is None:
            return
        text = self.search.text().strip()
        rows, lines = narrowed(self._document, text, self._wanted())
        top = self.view.verticalScrollBar().value()
        self.view.show_matrix(
            columns(lines, self._units),
            matrix_rows(rows, [line.unit.code for line in lines], self._noticed),
        )
        self.view.verticalScrollBar().setValue(top)
        words = _WORDS.get(self.chips.key, "")
        asked = " ".join(part for part in (text, words) if part)
        self._none.say(
            f"没有符合“{asked}”的措施", f"{len(self._document.rows)}条都还在，只是没显示。", "清除筛选"
        )
        self._stack.setCurrentWidget(self.view if rows and lines else self._none)

    def _wanted(self) -> Callable[[SummaryRow, SummaryCell], bool] | None:
        """Which cells the chosen chip is about; None for all, as for 要留意 while nothing is known."""
        noticed, status = self._noticed, _FILTERS.get(self.chips.key)
        if self.chips.key == _LOOK:
            return None if noticed is None else lambda row, cell: bool(note(noticed, row, cell.unit_code))
        if status is None:
            return None
        return lambda _, cell: cell.entry is not None and cell.entry.status is status

    def _count_looks(self) -> None:
        """The other chips count measures; this one counts entries (one measure at one unit), and says so."""
        noticed, document = self._noticed, self._document
        if document is None:
            return
        count = None if noticed is None else units_to_look_at(document, noticed).total()
        self.chips.set_count(_LOOK, count, "处")
        unread = [line.short_name for line in document.units if noticed and line.unit.code in noticed.unread]
        told = f"{'、'.join(unread)}的季报原件读不出来，没有查。" if unread else ""
        self._look.setToolTip(f"收下的季报里按审核规则查出来、单位没有说明的，一家一条算一处。{told}")

    def _show_summary(self, measure: str, code: str, cell: QRect) -> None:
        line, unit = self.row_of(measure), self._units.get(code)
        found = line.cell(code) if line else None
        if line is None or unit is None or found is None:
            return
        here = QRect(self.mapFromGlobal(cell.topLeft()), cell.size())
        title = f"{unit.short_name}　{line.label} {line.title}"
        said = note(self._noticed, line, code) if self._noticed else ""
        self.popup.show_cell(title, found.entry, self._before.get((code, measure)), said, here)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.FocusOut, QEvent.Type.Hide):
            self.popup.hide()
        return super().eventFilter(watched, event)
