"""What the plan asks of a measure: number, title, who is responsible, and its text, folded to two lines."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QResizeEvent, QTextLayout, QTextOption
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from desktop.domain.plan import DutyRole, Measure
from desktop.services.surveying import FillingRow
from desktop.views.context import Context
from desktop.views.widgets.layout import column, row
from desktop.views.widgets.styling import button, icon_button, label, pane
from desktop.wording.terms import ROLE

_FOLDED_LINES = 2


class FoldedText(QLabel):
    """Wraps; while folded it ends in … after two lines, with `room` px left free at the end of the last."""

    def __init__(self, room: int) -> None:
        super().__init__()
        self._whole, self._folded, self._room = "", True, room
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setProperty("tone", "text2")
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)

    @property
    def whole(self) -> str:
        return self._whole

    def show_text(self, text: str, folded: bool) -> None:
        self._whole, self._folded = text, folded
        self._arrange()

    @property
    def overflows(self) -> bool:
        """Whether there is more than the folded lines hold."""
        return len(self._lines()) > _FOLDED_LINES or "\n" in self._whole

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self._arrange()

    def _arrange(self) -> None:
        lines = self._lines()
        if not self._folded or (len(lines) <= _FOLDED_LINES and "\n" not in self._whole):
            shown = self._whole
        else:
            start = lines[_FOLDED_LINES - 1] if len(lines) >= _FOLDED_LINES else 0
            flat = self._whole.replace("\n", " ")
            width = self.contentsRect().width() - self._room
            last = self.fontMetrics().elidedText(flat[start:], Qt.TextElideMode.ElideRight, max(width, 60))
            shown = f"{flat[:start]}\n{last}" if start else last
        if shown != self.text():
            self.setText(shown)

    def _lines(self) -> list[int]:
        """Where each line starts, at the present width."""
        layout = QTextLayout(self._whole.replace("\n", " "), self.font())
        layout.setTextOption(QTextOption(Qt.AlignmentFlag.AlignLeft))
        starts = []
        layout.beginLayout()
        while (line := layout.createLine()).isValid():
            line.setLineWidth(max(self.contentsRect().width(), 100))
            line.setPosition(QPointF(0, 0))
            starts.append(line.textStart())
        layout.endLayout()
        return starts


class MeasureHead(QWidget):
    """Number, title, duties and the plan's own words."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        icons = context.icons
        self._theme = context.theme
        self._open: set[str] = set()
        self._key = ""
        self.number = label("", "title", "text2", "measure_number")
        self.title = label("", "title", name="measure_title", wrap=True)
        self.list_button = icon_button(icons, "list", "全部措施（Ctrl+L）", "icon", "open_list")
        self.list_button.hide()
        head = row(self.list_button, self.number, self.title, gap=8)
        head.setStretch(2, 1)
        for part in (self.list_button, self.number):
            head.setAlignment(part, Qt.AlignmentFlag.AlignTop)
        self.duties = QLabel()
        self.duties.setObjectName("measure_duties")
        self.duties.setProperty("role", "label")
        self.duties.setTextFormat(Qt.TextFormat.RichText)
        self.duties.setWordWrap(True)
        self.bureau = QLabel()
        self.bureau.setObjectName("measure_bureau")
        self.bureau.setProperty("role", "label")
        self.bureau.setTextFormat(Qt.TextFormat.RichText)
        self.bureau.setWordWrap(True)
        self.delegate = button("分给…", "smallLink", "measure_delegate")
        self._own = QWidget()
        own = row(self.bureau, self.delegate, gap=12)
        own.setStretch(0, 1)
        self._own.setLayout(own)
        self._own.hide()
        self._text = ""
        self.content = FoldedText(icons.theme.px(8))
        self.toggle = icon_button(icons, "down", "全文", "link", "content_toggle")
        self.toggle.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        self.toggle.clicked.connect(self._toggled)
        box = pane("quietCard", "measure_content")
        inner = row(self.content, self.toggle, gap=0, margins=(10, 6, 6, 6))
        inner.setStretch(0, 1)
        inner.setAlignment(self.toggle, Qt.AlignmentFlag.AlignBottom)
        box.setLayout(inner)
        self.setLayout(column(head, self.duties, self._own, 4, box, gap=4))

    def show_row(self, shown: FillingRow, own: str) -> None:
        """Show a measure; `own` is the unit's name among those who implement."""
        measure = shown.measure
        self._key = measure.key
        self.number.setText(shown.label)
        self.title.setText(measure.title)
        self.duties.setText(self._duties(measure, own))
        self._text = _whole_text(measure)
        self._arrange()

    def show_bureau(self, used: bool, name: str, person: str) -> None:
        """Which of the unit's own bureaus does it, and whom to call; nothing where the unit has none."""
        colour = self._theme.colours["text3"]
        parts = [f'<span style="color:{colour}">承办</span>', escape(name or "还没分给部门")]
        parts += [escape(person)] if person else []
        self.bureau.setText("&nbsp;&nbsp;".join(parts))
        self.delegate.setText("改…" if name else "分给…")
        self.delegate.setAccessibleName(f"{self.delegate.text()}承办部门")
        self._own.setVisible(used)

    def unfold(self) -> None:
        """Show the whole text."""
        self._open.add(self._key)
        self._arrange()

    def _toggled(self) -> None:
        self._open.symmetric_difference_update({self._key})
        self._arrange()

    def _arrange(self) -> None:
        opened = self._key in self._open
        self.content.show_text(self._text if opened else self._text.split("\n", 1)[0], not opened)
        self.toggle.setText("收起" if opened else "全文")
        more = opened or "\n" in self._text or self.content.overflows
        self.toggle.setVisible(more)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._key:
            self._arrange()

    def _duties(self, measure: Measure, own: str) -> str:
        colours = self._theme.colours
        parts = []
        for role in (DutyRole.LEAD, DutyRole.SUPPORT, DutyRole.SHARED, DutyRole.IMPLEMENT):
            names = "、".join(measure.names(role))
            if role is DutyRole.IMPLEMENT:
                names = own
            if names:
                word = f'<span style="color:{colours["text3"]}">{ROLE[role.value]}</span>'
                parts.append(f"{word}&nbsp;&nbsp;{escape(names)}")
        if measure.wording:
            parts.append(escape(measure.wording))
        return "&nbsp;&nbsp;&nbsp;&nbsp; ".join(parts)


def _whole_text(measure: Measure) -> str:
    """The measure's words, then what is hidden until asked for: deadline and remark."""
    parts = [measure.content or measure.title]
    if measure.deadline.strip():
        parts.append(f"完成时限：{measure.deadline}")
    if measure.remark.strip():
        parts.append(f"备注：{measure.remark}")
    return "\n".join(parts)
