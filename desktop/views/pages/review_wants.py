"""要说明的: the warnings that want an explanation before the report is signed, and those that have one."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QWidget

from desktop.domain.checks import Finding
from desktop.domain.plan import Severity
from desktop.services.surveying import FillingRow
from desktop.views.context import Context
from desktop.views.widgets.layout import clear, column, row
from desktop.views.widgets.scroll import Scroll
from desktop.views.widgets.styling import button, label, picture, rule
from desktop.wording import findings
from desktop.wording.terms import spoken

_TALLEST = 168


class WantsList(QFrame):
    """`wanted(finding)` to go to one. It is there only where a warning was found."""

    wanted = Signal(object)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self.setObjectName("wants_explanation")
        self._head = label("", "strong", name="wants_title")
        self._lines = column(gap=6)
        inner = QWidget()
        inner.setProperty("pane", "surface")
        inner.setLayout(column(self._lines, None, gap=0, margins=(14, 0, 14, 10)))
        area = Scroll()
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(inner)
        self._area = area
        self.setLayout(column(rule(), row(self._head, None, margins=(14, 8, 14, 2)), area, gap=2))
        self.hide()

    def show_rows(self, rows: Iterable[FillingRow]) -> None:
        """What wants an explanation first, then what has one, with it."""
        clear(self._lines)
        found = [(r, f) for r in rows for f in r.findings if f.severity is Severity.WARNING]
        left = sum(f.wants_explanation for _, f in found)
        done = len(found) - left
        words = [f"还有{left}处要核对、要说明" if left else "", f"{done}处已说明" if done else ""]
        self._head.setText("，".join(word for word in words if word))
        for number, (shown, finding) in enumerate(sorted(found, key=lambda each: each[1].explained)):
            self._lines.addWidget(self._line(shown, finding, number))
        self.setVisible(bool(found))
        wanted = self._area.widget().sizeHint().height() + 2
        self._area.setFixedHeight(min(wanted, self._context.theme.px(_TALLEST)))

    def _line(self, shown: FillingRow, finding: Finding, number: int) -> QWidget:
        icons = self._context.icons
        sign = picture(icons, "mark-ok" if finding.explained else "mark-look", size=14)
        sign.setFixedHeight(icons.theme.px(20))
        said = shown.entry.explanation.strip()
        title = label(f"{spoken(shown.label)}　{findings.title(finding)}", wrap=True)
        why = label(f"说明：{said}" if finding.explained else findings.advice(finding), "caption", wrap=True)
        word = "去看看" if finding.explained else "去说明"
        link = button(word, "smallLink", f"want_{number}", lambda: self.wanted.emit(finding))
        link.setAccessibleName(f"{word}：{title.text()}")
        line = row(sign, column(title, why, gap=0), link, gap=8)
        line.setAlignment(sign, Qt.AlignmentFlag.AlignTop)
        line.setAlignment(link, Qt.AlignmentFlag.AlignTop)
        line.setStretch(1, 1)
        holder = QWidget()
        holder.setLayout(line)
        return holder
