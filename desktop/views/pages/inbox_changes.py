"""What taking a submission in would change, line by line; for a first one, every entry's state."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QWidget

from desktop.domain.report import ProgressStatus, ReportDocument, ReportRow
from desktop.services.inspecting import Inspection
from desktop.services.reviewing import FieldChange
from desktop.views.icons import UNFILLED, Icons, lamp_word
from desktop.views.pages.inbox_words import compared_to
from desktop.views.widgets.elided import ElidedLabel
from desktop.views.widgets.layout import clear, column, row
from desktop.views.widgets.notices import SectionHead
from desktop.views.widgets.styling import label, pane
from desktop.wording.terms import FIELD

MOST = 60
_NOTHING = "（空）"
# Measure, what was there before (or the status, which is short), what would be there.
_SHARES_COMPARED, _SHARES_ALL = (5, 5, 7), (5, 3, 9)
_TONES = {"completed": "accent", "on_schedule": "good", "behind": "bad"}


class ChangesTable(QWidget):
    """编号, 措施 and field, what the books say now, what they would say."""

    def __init__(self, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icons, self._px = icons, icons.theme.px
        self._shares = _SHARES_COMPARED
        self._top, self._lines = column(gap=4), column(gap=0)
        self.setLayout(column(self._top, self._lines, gap=0))
        self.setObjectName("inbox_changes")

    def show_submission(self, seen: Inspection) -> None:
        """The whole table for one submission."""
        clear(self._top)
        clear(self._lines)
        document = seen.document
        if document is None:
            return
        if seen.replaces is None or seen.replaces.revision >= document.revision:
            self._shares = _SHARES_ALL
            self._show_all(document)
        else:
            self._shares = _SHARES_COMPARED
            self._show_changes(document, seen)

    def _show_all(self, document: ReportDocument) -> None:
        head = SectionHead(
            self._icons,
            f"{'首次报送' if document.revision == 1 else '这一次'}，共{len(document.rows)}条",
            trailing=self._behind(document),
        )
        self._begin(head, ("编号", "措施", "进展状态", "进展情况"))
        for line in document.rows:
            title = self._measure(line.title, line.section)
            self._add(line.label, title, self._status(line.entry.status or ""), _text(_said(line)))

    def _show_changes(self, document: ReportDocument, seen: Inspection) -> None:
        changed = len({change.measure_key for change in seen.changes})
        same = len(document.rows) - changed
        caption = f"涉及{changed}条，其余{same}条不变" if seen.changes else "和上一次完全相同"
        head = SectionHead(self._icons, f"收下后会变的{len(seen.changes)}处", caption)
        self._begin(head, ("编号", "措施", compared_to(seen), "收下后"))
        for change in seen.changes[:MOST]:
            field = change.indicator or FIELD[change.field]
            self._add(
                change.label,
                self._measure(change.title, field),
                self._value(change, change.before),
                self._value(change, change.after, new=True),
            )
        if len(seen.changes) > MOST:
            self._lines.addWidget(label(f"还有{len(seen.changes) - MOST}处，在“看全部”里。", "caption"))

    def _begin(self, head: SectionHead, names: tuple[str, str, str, str]) -> None:
        head.setObjectName("inbox_changes_head")
        self._top.addWidget(head)
        heads = pane("surface2")
        cells = [label(name, "label") for name in names]
        heads.setLayout(self._spread(*cells, margins=(0, 5, 0, 5)))
        self._top.addWidget(heads)

    def _add(self, number: str, title: QWidget, before: QWidget, after: QWidget) -> None:
        made = QFrame()
        made.setProperty("file", "row")
        made.setFixedHeight(self._px(46))
        made.setLayout(self._spread(label(number, tone="text2"), title, before, after))
        self._lines.addWidget(made)

    def _spread(self, *cells: QWidget, margins: tuple[int, int, int, int] = (0, 0, 0, 0)) -> QHBoxLayout:
        line = row(*cells, gap=12, margins=margins)
        cells[0].setFixedWidth(self._px(40))
        for place, share in enumerate(self._shares, 1):
            line.setStretch(place, share)
            cells[place].setMinimumWidth(self._px(60))
            policy = cells[place].sizePolicy()
            policy.setHorizontalPolicy(policy.Policy.Ignored)
            cells[place].setSizePolicy(policy)
        return line

    def _measure(self, title: str, caption: str) -> QWidget:
        made = QWidget()
        parts = [ElidedLabel(title)] + ([ElidedLabel(caption, "caption")] if caption else [])
        made.setLayout(column(None, *parts, None, gap=0))
        return made

    def _value(self, change: FieldChange, value: str, new: bool = False) -> QWidget:
        if change.field == "status":
            return self._status(value)
        if change.field == "evidence":
            value = "、".join(value.split("\n"))
        if not new or not change.explanation:
            return _text(value or _NOTHING, "text" if new else "text2")
        figure = label(value or _NOTHING, "strong")
        made = QWidget()
        line = row(figure, ElidedLabel(f"说明：{change.explanation}", "caption"), gap=12)
        line.setStretch(1, 1)
        made.setLayout(line)
        return made

    def _status(self, code: str) -> QWidget:
        state = ProgressStatus(code) if code else UNFILLED
        lamp = QLabel()
        lamp.setPixmap(self._icons.lamp_pixmap(state))
        lamp.setFixedSize(self._px(12), self._px(12))
        word = label(lamp_word(state), tone=_TONES.get(code, "text3"))
        made = QWidget()
        made.setLayout(row(lamp, word, None, gap=6))
        return made

    def _behind(self, document: ReportDocument) -> QWidget:
        count = sum(line.entry.status is ProgressStatus.BEHIND for line in document.rows)
        made = self._status(ProgressStatus.BEHIND.value) if count else QWidget()
        if count:
            made.layout().itemAt(1).widget().setText(f"滞后 {count}条")
        return made


def _said(line: ReportRow) -> str:
    entry = line.entry
    return entry.progress or entry.explanation or _NOTHING


def _text(text: str, tone: str = "text") -> ElidedLabel:
    made = ElidedLabel(" ".join(text.split()), tone=tone, lines=2)
    made.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    return made
