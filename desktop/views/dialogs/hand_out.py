"""发给部门填…: a workbook for each bureau, until when it is asked back, and what went out and came back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from PySide6.QtCore import QDate, Signal
from PySide6.QtWidgets import QCheckBox, QDateEdit, QGridLayout, QRadioButton, QWidget

from desktop.domain.delegation import Bureau
from desktop.domain.errors import UserError
from desktop.domain.progress import Progress
from desktop.domain.report import Report
from desktop.services import circulating, delegating, surveying
from desktop.services.circulating import Circulated
from desktop.services.delegating import BureauProgress
from desktop.views.context import Context
from desktop.views.dialogs.delegating_words import back, handed_out, person, record
from desktop.views.errors import show_in_banner
from desktop.views.widgets.dialog import Dialog
from desktop.views.widgets.layout import clear, column, row
from desktop.views.widgets.notices import Banner, JobBar
from desktop.views.widgets.styling import label
from desktop.wording.steps import spoken

_MOST_RECORDS = 12


@dataclass(frozen=True)
class _Line:
    """One bureau with its tick."""

    progress: BureauProgress
    tick: QCheckBox


class HandOutDialog(Dialog):
    """`elsewhere` when 分工 is wanted first. Nothing is written before a folder was chosen."""

    elsewhere = Signal()

    def __init__(
        self,
        context: Context,
        report: Report,
        bureaus: Sequence[str] = (),
        keys: Sequence[str] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("发给部门填", "把填报表发给部门填", context.theme.px(720), parent)
        self.setObjectName("hand_out_dialog")
        self._context, self._report, self._keys = context, report, tuple(keys)
        self._lines: list[_Line] = []
        self._asked = set(bureaus)
        self._folder: Path | None = None
        self.banner = Banner(context.icons, "bad")
        self.banner.setObjectName("hand_out_banner")
        self.banner.hide()
        self.job = JobBar()
        self.job.setObjectName("hand_out_job")
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(0, 1)
        self.by_bureau = QRadioButton("按部门，每个部门一份")
        self.by_bureau.setObjectName("hand_out_by_bureau")
        self.by_measures = QRadioButton(f"只发选中的{len(keys)}条，合成一份")
        self.by_measures.setObjectName("hand_out_by_measures")
        self._records = column(gap=2)
        words = "每份是一个 Excel 文件，只能改要填的格子，状态下拉选，附上季度填的。交回后逐处核对，再收下。"
        self.body.addWidget(label(words, tone="text2", wrap=True))
        if keys:
            self.body.addLayout(row(self.by_bureau, self.by_measures, None, gap=16))
        self.body.addLayout(self._grid)
        self.body.addLayout(self._reply())
        self.body.addWidget(self.job)
        self.body.addWidget(self.banner)
        self.body.addLayout(self._records)
        self.add_button("关闭", name="hand_out_close", clicked=self.reject)
        self.write = self.add_button("", "primary", "hand_out_write", self._write)
        (self.by_measures if keys and not bureaus else self.by_bureau).setChecked(True)
        self.by_bureau.toggled.connect(lambda _: self._say())
        self._show(first=True)

    def _reply(self) -> object:
        self.reply = QCheckBox("请他们在")
        self.reply.setObjectName("reply_wanted")
        self.reply.setChecked(True)
        self.reply_by = QDateEdit()
        self.reply_by.setObjectName("reply_by")
        self.reply_by.setAccessibleName("交回日期")
        self.reply_by.setDisplayFormat("yyyy年M月d日")
        self.reply_by.setCalendarPopup(True)
        day = self._usual_day()
        self.reply_by.setDate(QDate(day.year, day.month, day.day))
        self.reply.toggled.connect(self.reply_by.setEnabled)
        return row(self.reply, self.reply_by, label("前交回"), None)

    def _usual_day(self) -> date:
        """Two days before the city's own date, so that there is time to look; not before tomorrow."""
        context, store = self._context, self._context.open_store
        calendar = store.plans.calendar(self._report.plan_id, self._report.quarter)
        due = self._report.due or (calendar.due if calendar else None)
        soonest = context.today() + timedelta(days=1)
        return max(due - timedelta(days=2), soonest) if due else soonest + timedelta(days=4)

    # What is shown

    def _show(self, first: bool = False) -> None:
        context, store = self._context, self._context.open_store
        overview = surveying.overview(store, store.reports.get(self._report.id))
        out = circulating.handed_out(store, self._report.id)
        came = circulating.came_back(store, self._report.id)
        ticked = {
            line.progress.bureau.name
            for line in self._lines
            if line.progress.bureau and line.tick.isChecked()
        }
        clear(self._grid)
        self._lines = []
        for progress in delegating.by_bureau(store, overview):
            if progress.bureau is None:
                continue
            name = progress.bureau.name
            told = next((one for one in out if one.bureau == name), None)
            found = next((one for one in came if one.bureau == name), None)
            tick = self._tick(progress, len(self._lines))
            open_ones = progress.filled < progress.total
            tick.setChecked(
                name in self._asked
                or (first and not self._asked and open_ones and told is None)
                or name in ticked
            )
            tick.toggled.connect(lambda _: self._say())
            came_words = back(told, found)
            tone = (
                "good"
                if "收回" in came_words
                else "warn"
                if told and _late(told.reply_by, context.today())
                else "text3"
            )
            number = len(self._lines) + 1
            self._grid.addWidget(tick, number, 0)
            cells = (
                label(f"{progress.total}条，已填{progress.filled}", tone="text2"),
                label(handed_out(told), tone="text3"),
                label(came_words, tone=tone),
            )
            for place, cell in enumerate(cells, 1):
                self._grid.addWidget(cell, number, place)
            self._lines.append(_Line(progress, tick))
        self._asked = set()
        self._show_records([*out, *came])
        self._say()

    def _tick(self, progress: BureauProgress, place: int) -> QCheckBox:
        bureau = progress.bureau
        assert bureau is not None
        made = QCheckBox(bureau.name)
        made.setObjectName(f"hand_out_{place}")
        made.setToolTip(person(bureau.contact, bureau.phone) or "没有联系人")
        return made

    def _show_records(self, events: Sequence[circulating.HandedOut | circulating.CameBack]) -> None:
        clear(self._records)
        newest = sorted(events, key=lambda event: event.at, reverse=True)
        if newest:
            self._records.addWidget(label("发出和收回的记录", "strong"))
        for event in newest[:_MOST_RECORDS]:
            self._records.addWidget(label(record(event), "caption", wrap=True))
        if len(newest) > _MOST_RECORDS:
            self._records.addWidget(label(f"更早的还有{len(newest) - _MOST_RECORDS}次。", "caption"))

    @property
    def chosen(self) -> tuple[str, ...]:
        """The bureaus that are ticked."""
        return tuple(
            line.progress.bureau.name
            for line in self._lines
            if line.progress.bureau and line.tick.isChecked()
        )

    def _say(self) -> None:
        one = self.by_measures.isChecked()
        for line in self._lines:
            line.tick.setEnabled(not one and line.progress.total > 0)
        count = 1 if one else len(self.chosen)
        if not self._lines and not one:
            self.write.setText("先去分工")
            self.write.setEnabled(True)
            if self.banner.isHidden():
                self.banner.say("info", "还没有部门", "先在“分工”里加上部门，把措施分给它们，再来发表。")
                self.banner.show()
            return
        self.write.setText(f"做好{count}份，选文件夹…" if count else "先勾选部门")
        self.write.setEnabled(bool(count))

    # What is written

    def _write(self) -> None:
        if not self._lines and not self.by_measures.isChecked():
            self.accept()
            self.elsewhere.emit()
            return
        folder = self._context.files.folder("填报表存到哪里")
        if folder is None:
            return
        self._folder = folder
        self.banner.hide()
        self.write.setEnabled(False)
        self.job.watch(
            self._context.runner.run(self._work(folder), self._written, self._failed, owner=self),
            "正在做填报表",
        )

    def _work(self, folder: Path):
        context, store, report = self._context, self._context.open_store, self._report
        actor, now, names, keys = context.actor, context.now(), self.chosen, self._keys
        shown = self.reply_by.date()
        by = date(shown.year(), shown.month(), shown.day()) if self.reply.isChecked() else None
        one, to = self.by_measures.isChecked(), self._addressee()

        def work(progress: Progress) -> tuple[Circulated, ...]:
            told = spoken(progress)
            if one:
                made = circulating.for_measures(store, report.id, keys, folder, actor, now, to, by, told)
                return (made,)
            return circulating.for_bureaus(store, report.id, names, folder, actor, now, by, told)

        return work

    def _addressee(self) -> Bureau | None:
        """Whose all the chosen measures are, if they are one bureau's."""
        store = self._context.open_store
        given = delegating.delegations(store, self._report.plan_id)
        names = {given[key].bureau if key in given else "" for key in self._keys}
        name = names.pop() if len(names) == 1 else ""
        return next((b for b in delegating.bureaus(store) if b.name == name), None)

    def _written(self, made: tuple[Circulated, ...]) -> None:
        assert self._folder is not None
        files = "、".join(one.file.path.name for one in made[:3]) + ("等" if len(made) > 3 else "")
        self.banner.clear_actions()
        self.banner.say(
            "good",
            f"{len(made)}份填报表做好了",
            f"在“{self._folder}”里：{files}。发给他们填；交回来后点“收回填好的表…”。",
        )
        folder = self._folder
        self.banner.add_action(
            "打开文件夹", lambda: self._context.files.show(folder), "outlined", "hand_out_folder"
        )
        self.banner.show()
        for line in self._lines:
            line.tick.setChecked(False)
        self._show()

    def _failed(self, error: Exception) -> None:
        if isinstance(error, UserError):
            show_in_banner(self.banner, error)
        else:
            self._context.show_error(error)
        self._say()


def _late(day: date | None, today: date) -> bool:
    return day is not None and today > day
