"""The quarters of a plan with their three dates, and opening another one."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.errors import UserError
from desktop.domain.quarter import Quarter, QuarterCalendar
from desktop.views.context import Context
from desktop.views.dialogs.quarter_dates import QuarterDates
from desktop.views.widgets.layout import clear, column, flow, row
from desktop.views.widgets.notices import SectionHead
from desktop.views.widgets.styling import button, label, pane
from desktop.wording.terms import month_day

_SHOWN = 3


class QuarterSection(QWidget):
    """`opened` after a quarter was opened or its dates were changed."""

    opened = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._calendars: tuple[QuarterCalendar, ...] = ()
        self._head = SectionHead(context.icons, "定季度", number=1)
        self._cards = column(gap=8)
        self._open = button("开放一个季度…", "secondary", "open_quarter", self._ask)
        self.setLayout(column(self._head, self._cards, row(self._open, None), gap=10))

    def show_quarters(self, calendars: tuple[QuarterCalendar, ...]) -> None:
        """Show the calendars, the newest first; older ones are only counted."""
        self._calendars = calendars
        clear(self._cards)
        newest = sorted(calendars, key=lambda c: c.quarter, reverse=True)
        for calendar in newest[:_SHOWN]:
            self._cards.addWidget(self._card(calendar))
        if len(newest) > _SHOWN:
            self._cards.addWidget(label(f"更早的还有{len(newest) - _SHOWN}个季度", "caption"))
        if not newest:
            words = "还没有开放任何季度。开放后，日期随任务包发给各单位。"
            self._cards.addWidget(label(words, tone="text2", name="no_quarter", wrap=True))
        self._open.setProperty("kind", "secondary" if newest else "outlined")
        self._open.style().polish(self._open)

    def _card(self, calendar: QuarterCalendar) -> QWidget:
        name = Quarter.parse(calendar.quarter).chinese
        change = button("改日期…", "smallLink", f"dates_{calendar.quarter}", lambda: self._ask(calendar))
        change.setAccessibleName(f"改{name}的日期")
        head = row(label(name, "strong"), label(self._state(calendar), "caption"), None, change, gap=8)
        dates = (
            f"{month_day(calendar.opens)}开始填",
            f"{month_day(calendar.due)}截止",
            f"{month_day(calendar.closes)}锁定",
        )
        made = pane("card", f"quarter_{calendar.quarter}")
        # A date and what it is for stay together where the line ends.
        words = flow(*(label(said, "label") for said in dates), gap=12, line_gap=2)
        made.setLayout(column(head, words, gap=2, margins=(12, 8, 8, 8)))
        return made

    def _state(self, calendar: QuarterCalendar) -> str:
        today = self._context.today()
        if today < calendar.opens:
            return "还没开始"
        if today <= calendar.due:
            return "填报中"
        return "已截止" if today <= calendar.closes else "已锁定"

    def _ask(self, calendar: QuarterCalendar | None = None) -> None:
        known = tuple(c.quarter for c in self._calendars)
        dialog = QuarterDates(self._context, known, calendar, self)
        dialog.settled.connect(self._settled)
        dialog.open()

    def _settled(self, calendar: QuarterCalendar) -> None:
        from desktop.services import planning

        context = self._context
        assert context.store is not None
        try:
            planning.open_quarter(context.store, context.plan_id, calendar, context.actor, context.now())
        except UserError as error:
            context.show_error(error)
            return
        context.note_saved()
        self.opened.emit()
