"""The five figures at the head of 总览."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QWidget

from desktop.views.context import Context
from desktop.views.pages.desk_words import Figures
from desktop.views.widgets.layout import column, row
from desktop.views.widgets.styling import label, mark, rule


class FigureBar(QFrame):
    """已报来, 已收下, 等您定, 逾期没报, 滞后."""

    _NAMES = (
        ("arrived", "已报来", "家", "text"),
        ("accepted", "已收下", "家", "text"),
        ("waiting", "等您定", "家", "accent"),
        ("overdue", "逾期没报", "家", "bad"),
        ("behind", "滞后", "条", "text"),
    )

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._numbers, self._units = {}, {}
        line = row(gap=0)
        for place, (name, word, counted, _) in enumerate(self._NAMES):
            if place:
                divider = rule(vertical=True)
                divider.setFixedHeight(context.theme.px(40))
                line.addWidget(divider)
                line.addSpacing(16)
            self._numbers[name] = label("0", "title", name=f"figure_{name}")
            self._units[name] = label(counted, "caption")
            holder = QWidget()
            top = row(self._numbers[name], self._units[name], None, gap=4)
            top.setAlignment(self._units[name], Qt.AlignmentFlag.AlignBottom)
            holder.setLayout(column(None, top, label(word, "label"), None, gap=0))
            holder.setMinimumWidth(context.theme.px(82))
            line.addWidget(holder)
        line.addStretch(1)
        self.setLayout(line)

    def show_figures(self, seen: Figures) -> None:
        for name, word, counted, tone in self._NAMES:
            value = getattr(seen, name)
            self._numbers[name].setText(str(value))
            mark(self._numbers[name], tone=tone if value else "text")
            self._units[name].setText(f"/{seen.units}家" if name == "arrived" else counted)
            self._numbers[name].setAccessibleName(f"{word}{value}{counted}")
