"""The three dates of a quarter: from when it is filled, until when on time, and when it locks."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QDate, Signal
from PySide6.QtWidgets import QComboBox, QDateEdit, QWidget

from desktop.domain.quarter import Quarter, QuarterCalendar
from desktop.views.context import Context
from desktop.views.widgets.dialog import Dialog
from desktop.views.widgets.inputs import labelled
from desktop.views.widgets.layout import row
from desktop.views.widgets.styling import label

OFFERED_BEFORE, OFFERED_AFTER = 4, 4


def offered_quarters(today: date, opened: tuple[str, ...]) -> tuple[Quarter, ...]:
    """Quarters around today that are not opened yet, in order."""
    quarter = Quarter.of(today)
    for _ in range(OFFERED_BEFORE):
        quarter = quarter.previous
    found = []
    for _ in range(OFFERED_BEFORE + OFFERED_AFTER + 1):
        if str(quarter) not in opened:
            found.append(quarter)
        quarter = quarter.next
    return tuple(found)


def proposed_quarter(today: date, opened: tuple[str, ...]) -> Quarter:
    """The quarter that is likely meant: the one after the last opened, or the one whose report is due next."""
    if opened:
        return Quarter.parse(max(opened)).next
    current = Quarter.of(today)
    # Until the usual due date has passed, the quarter before is the one being reported.
    return current.previous if today <= QuarterCalendar.usual(current.previous).due else current


class QuarterDates(Dialog):
    """`settled(calendar)` when the dates are confirmed. Without `calendar` a new quarter is opened."""

    settled = Signal(object)

    def __init__(
        self,
        context: Context,
        opened: tuple[str, ...],
        calendar: QuarterCalendar | None = None,
        parent: QWidget | None = None,
    ) -> None:
        given = Quarter.parse(calendar.quarter) if calendar else None
        title = f"{given.chinese}的三个日期" if given else "开放一个季度"
        super().__init__("季度", title, 480, parent)
        self.setObjectName("quarter_dates")
        self._quarter = QComboBox()
        self._quarter.setObjectName("quarter_choice")
        quarters = [given] if given else list(offered_quarters(context.today(), opened))
        proposed = given or proposed_quarter(context.today(), opened)
        if proposed not in quarters:
            quarters.append(proposed)
        for quarter in quarters:
            self._quarter.addItem(quarter.chinese, str(quarter))
        self._quarter.setCurrentIndex(quarters.index(proposed))
        self._opens, self._due, self._closes = (
            _date_edit(name) for name in ("quarter_opens", "quarter_due", "quarter_closes")
        )
        self._wrong = label("", "caption", "bad", "quarter_wrong", wrap=True)
        if given is None:
            self.body.addWidget(labelled("季度", self._quarter))
        dates = row(
            labelled("从哪天开始填", self._opens),
            labelled("哪天截止", self._due),
            labelled("哪天锁定", self._closes),
            gap=12,
        )
        self.body.addLayout(dates)
        self.body.addWidget(self._wrong)
        words = "截止日以前报来算按时，以后报来算逾期；锁定后不能再开始报，被退回的仍可重报。日期随任务包发给各单位。"
        self.body.addWidget(label(words, tone="text2", wrap=True))
        self.add_button("取消", "secondary", "quarter_cancel", self.reject)
        self._save = self.add_button("", "primary", "quarter_save", self._confirm)
        self._new = given is None
        self._quarter.currentIndexChanged.connect(lambda: self._propose())
        for field in (self._opens, self._due, self._closes):
            field.dateChanged.connect(lambda: self._check())
        self._show(calendar or QuarterCalendar.usual(proposed))

    @property
    def calendar(self) -> QuarterCalendar | None:
        """The dates as they stand, or None while they do not follow each other."""
        dates = [_day(field) for field in (self._opens, self._due, self._closes)]
        if sorted(dates) != dates:
            return None
        return QuarterCalendar(self._quarter.currentData(), *dates)

    def _propose(self) -> None:
        self._show(QuarterCalendar.usual(Quarter.parse(self._quarter.currentData())))

    def _show(self, calendar: QuarterCalendar) -> None:
        dates = (calendar.opens, calendar.due, calendar.closes)
        for field, day in zip((self._opens, self._due, self._closes), dates, strict=True):
            field.setDate(QDate(day.year, day.month, day.day))
        self._check()

    def _check(self) -> None:
        right = self.calendar is not None
        self._wrong.setText("" if right else "三个日期要一个不早于一个：先开始，再截止，后锁定。")
        self._wrong.setVisible(not right)
        name = self._quarter.currentText()
        self._save.setText(f"开放{name}填报" if self._new else "保存日期")
        self._save.setEnabled(right)

    def _confirm(self) -> None:
        if self.calendar is not None:
            self.settled.emit(self.calendar)
            self.accept()


def _date_edit(name: str) -> QDateEdit:
    made = QDateEdit()
    made.setObjectName(name)
    made.setDisplayFormat("yyyy年M月d日")
    made.setCalendarPopup(True)
    return made


def _day(field: QDateEdit) -> date:
    shown = field.date()
    return date(shown.year(), shown.month(), shown.day())
