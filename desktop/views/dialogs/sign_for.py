"""经办人代签 within 签发: the named issuer signed the 签批单 on paper, its scan and its day are given here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from PySide6.QtCore import QDate, Signal
from PySide6.QtWidgets import QCheckBox, QDateEdit, QWidget

from desktop.domain.approval import Approval
from desktop.domain.errors import CancelledError, RefusedError, UserError
from desktop.domain.report import Evidence, Report
from desktop.jobs.runner import Job
from desktop.services import approving
from desktop.views.context import Context
from desktop.views.dialogs.approvals import show_scan
from desktop.views.files import SCANS
from desktop.views.widgets.file_chips import EvidenceZone
from desktop.views.widgets.layout import column, row
from desktop.views.widgets.styling import button, label, pane
from desktop.wording import approving as words


@dataclass(frozen=True)
class SignForDraft:
    """What was given so far. It outlives the dialog, so that going back loses nothing."""

    agreed: bool = False
    signed_on: date | None = None
    scan: Evidence | None = None


class SignForPanel(QWidget):
    """One line to tick; then the day on the paper, the scan, and what will be recorded.

    `changed(draft)` after everything that was given, `started(job)` when a scan is being kept, `kept` when it
    is safe, `troubled(error)` for what cannot be taken, `sheetWanted` for the sheet to print.
    """

    changed = Signal(object)
    started = Signal(object)
    troubled = Signal(object)
    kept = Signal()
    sheetWanted = Signal()

    def __init__(
        self, context: Context, report: Report, draft: SignForDraft, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("sign_for")
        self._context, self._report = context, report
        self._job: Job[Evidence] | None = None
        today = context.today()
        self.draft = replace(draft, signed_on=draft.signed_on or today)
        self.tick = QCheckBox(words.offered(report.people.issuer))
        self.tick.setObjectName("sign_for_tick")
        self.tick.setChecked(draft.agreed)
        self.day = QDateEdit()
        self.day.setObjectName("sign_for_day")
        self.day.setDisplayFormat("yyyy年M月d日")
        self.day.setCalendarPopup(True)
        first = report.reviewed_at.date() if report.reviewed_at else today
        self.day.setDateRange(_qdate(min(first, today)), _qdate(today))
        self.day.setDate(_qdate(self.draft.signed_on or today))
        self.zone = EvidenceZone(context.icons)
        self.zone.setObjectName("sign_for_scan")
        self.zone.link.setAccessibleName("选择签批单的扫描件")
        self._words = label("", tone="text2", name="sign_for_words", wrap=True)
        self._arrange()
        self._listen()
        self._show()

    def _arrange(self) -> None:
        sheet = button("没有签批单？打印一张…", "smallLink", "sign_for_sheet", self.sheetWanted.emit)
        caption = label("签批单的扫描件", "label")
        caption.setBuddy(self.zone.link)
        scan = column(row(caption, None, sheet), self.zone, gap=4)
        said = pane("note", "sign_for_note")
        said.setLayout(column(self._words, margins=(12, 10, 12, 10)))
        self._given = QWidget()
        day = label("纸上写的签字日期", "label")
        day.setBuddy(self.day)
        self.day.setAccessibleName(day.text())
        self._given.setLayout(
            column(row(day, self.day, None, gap=12), scan, said, gap=10, margins=(22, 4, 0, 0))
        )
        self.setLayout(column(row(self.tick, None), self._given, gap=4))
        for before, after in ((self.tick, self.day), (self.day, sheet), (sheet, self.zone.link)):
            QWidget.setTabOrder(before, after)

    def _listen(self) -> None:
        self.tick.toggled.connect(lambda on: self._give(agreed=on))
        self.day.dateChanged.connect(lambda day: self._give(signed_on=day.toPython()))
        self.zone.filesDropped.connect(self.take)
        self.zone.chooseRequested.connect(self._choose)
        self.zone.imagePasted.connect(lambda _: self.zone.say("签批单要用扫描件或照片的文件，不用截图。"))
        self.zone.removed.connect(lambda _: self._give(scan=None))
        self.zone.opened.connect(lambda _: self._open())

    @property
    def ready(self) -> bool:
        """Whether all is given that an approval needs."""
        return self.draft.agreed and self.draft.scan is not None and self._job is None

    def approval(self) -> Approval:
        """What will be recorded. Only where it is `ready`; raises as `approving.approval_of`."""
        store, draft = self._context.store, self.draft
        assert store is not None and draft.scan is not None and draft.signed_on is not None
        return approving.approval_of(store, self._report, draft.scan, draft.signed_on)

    def take(self, paths: Sequence[Path]) -> None:
        """Keep one file as the scan, in place of the one before."""
        if len(paths) != 1:
            self.troubled.emit(RefusedError("scan_one"))
            return
        store, path = self._context.store, paths[0]
        assert store is not None and self._job is None
        self._job = self._context.runner.run(
            lambda progress: approving.keep_scan(store, path), self._kept, self._failed, owner=self
        )
        self.zone.setEnabled(False)
        self.started.emit(self._job)
        self.changed.emit(self.draft)

    def _kept(self, scan: Evidence) -> None:
        self._ended()
        self._give(scan=scan)
        self.kept.emit()

    def _failed(self, error: Exception) -> None:
        self._ended()
        self.changed.emit(self.draft)
        if isinstance(error, UserError):
            self.troubled.emit(error)
        elif not isinstance(error, CancelledError):
            self._context.show_error(error)

    def _ended(self) -> None:
        self._job = None
        self.zone.setEnabled(True)

    def _choose(self) -> None:
        paths = self._context.files.open_files("选择签批单的扫描件", (SCANS,), many=False)
        if paths:
            self.zone.take(list(paths))

    def _open(self) -> None:
        if self.draft.scan is not None:
            show_scan(self._context, self.draft.scan, self)

    def _give(self, **given: object) -> None:
        self.draft = replace(self.draft, **given)
        self._show()
        self.changed.emit(self.draft)

    def _show(self) -> None:
        scan = self.draft.scan
        self._given.setVisible(self.draft.agreed)
        self.zone.set_files([("scan", scan.name, scan.size)] if scan else [])
        self._words.setText(words.to_be_recorded(self.approval()) if scan else words.SCAN_WANTED)


def _qdate(day: date) -> QDate:
    return QDate(day.year, day.month, day.day)
