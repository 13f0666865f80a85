"""导出报送: the signed report goes to a stick or a folder, is read back, and only then counts as submitted."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from desktop.domain.approval import Approval
from desktop.domain.errors import CancelledError, UserError
from desktop.domain.report import Report, ReportState
from desktop.services import sending, withdrawing
from desktop.services.writing import WrittenFile
from desktop.views.context import Context
from desktop.views.dialogs.approvals import show_scan
from desktop.views.dialogs.paper import show_paper
from desktop.views.dialogs.withdraw import WithdrawDialog
from desktop.views.drives import Drives, done_word, mounted_drives
from desktop.views.errors import show_in_banner
from desktop.views.pages import export_words as words
from desktop.views.pages.carrying import carry_out
from desktop.views.pages.export_frame import ExportFrame
from desktop.views.pages.export_parts import NOT_WRITTEN, SAME, STAGES
from desktop.views.pages.export_writing import Writing
from desktop.views.vouching import vouched
from desktop.views.widgets.layout import row


class ExportPage(QWidget):
    """The report of the chosen quarter: not signed yet, signed, being written, written, or answered."""

    def __init__(self, context: Context, drives: Drives = mounted_drives) -> None:
        super().__init__()
        self.setObjectName("export")
        self._context, self._drives = context, drives
        self._report: Report | None = None
        self._files: Mapping[str, bytes] = {}
        self._approval: Approval | None = None
        self._written: dict[str, tuple[Path, str]] = {}
        self._way_on = "review"
        self.frame = ExportFrame(context, drives)
        self._writing = Writing(context, self.frame)
        self.setLayout(row(self.frame))
        self._listen()

    def _listen(self) -> None:
        frame, context = self.frame, self._context
        frame.empty.action.clicked.connect(lambda: context.navigate(self._way_on))
        for asked in (frame.code, frame.code_before):
            asked.clicked.connect(self._ask_code)
        frame.pdf.clicked.connect(self._show_pdf)
        frame.scan.clicked.connect(self._show_scan)
        frame.open.clicked.connect(self._open_folder)
        frame.notice.clicked.connect(self._write_notice)
        frame.mend.clicked.connect(lambda: context.navigate("filling"))
        frame.write.clicked.connect(self.write)
        frame.back.clicked.connect(self._ask_withdrawal)
        frame.target.changed.connect(self._offer)
        self._writing.done.connect(self._done)
        self._writing.failed.connect(self._failed)
        QShortcut(QKeySequence("Ctrl+Shift+K"), self).activated.connect(self._ask_code)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self).activated.connect(self._press)

    def _ask_code(self) -> None:
        """核对纸上的码."""
        # What it needs for opening packages is loaded when somebody asks.
        from desktop.views.dialogs.paper_code import open_paper_code

        if self._context.store is not None:
            open_paper_code(self._context, self.window())

    def set_narrow(self, narrow: bool) -> None:
        self.frame.set_narrow(narrow)

    def refresh(self) -> None:
        """Reads the quarter's newest revision anew; what is being written stays as it is."""
        context = self._context
        if self._writing.running or context.store is None:
            return
        own = context.store.workspace.unit.code
        report = None
        if context.plan_id and context.quarter is not None:
            report = context.store.reports.latest(context.plan_id, own, str(context.quarter))
        if report is None or not report.package:
            self._report = report
            title, text, action, self._way_on = words.nothing_signed(report, context)
            self.frame.show_nothing(title, text, action)
            return
        self.frame.show_report()
        known = self._report is not None and self._report.id == report.id and self._files
        self._files = self._files if known else {}
        self._report = report
        self.frame.caption.setText(words.caption(report))
        self._read_approval(report)
        self.frame.aside.tell(words.aside(context.store, report, self._approval))
        if known or not report.digest:
            # Of a lost revision only its withdrawal is here: there are no files to read.
            self._show_state()
        else:
            self._read_files(report)

    def _read_approval(self, report: Report) -> None:
        """Who signed for the issuer, where somebody did."""
        assert self._context.store is not None
        try:
            self._approval = self._context.store.reports.approval(report.id)
        except UserError as error:
            self._approval = None
            self._context.show_error(error)
        self.frame.scan.setVisible(self._approval is not None)

    def _show_scan(self) -> None:
        if self._approval is not None:
            show_scan(self._context, self._approval.scan, self)

    def _read_files(self, report: Report) -> None:
        store = self._context.store
        self._files = {}
        self.frame.table.set_files(())
        # What could be done with the report before is no offer for this one.
        self.frame.show_actions()
        self._context.runner.run(
            lambda progress: sending.submission_files(store, report),
            lambda files: self._files_read(report, files),
            self._context.show_error,
            owner=self,
        )

    def _files_read(self, report: Report, files: Mapping[str, bytes]) -> None:
        # Meanwhile another plan or quarter may have been chosen.
        if self._report is None or self._report.id != report.id or self._context.store is None:
            return
        self._files = files
        self.frame.table.set_files(words.file_lines(self._context.store, self._report, files, self._approval))
        self._show_state()

    def _show_state(self) -> None:
        """Banner, steps and stages for the report as it stands in the books."""
        assert self._report is not None
        frame, report, written = self.frame, self._report, self._written.get(self._report.id)
        open_ = report.state in (ReportState.SIGNED, ReportState.SUBMITTED)
        for part in (frame.target, frame.stages, frame.back):
            part.setVisible(open_)
        frame.table.head.ring.setVisible(open_)
        frame.table.setVisible(report.state is not ReportState.WITHDRAWN)
        frame.banner.setToolTip("")
        done = done_word(written[0], self._drives) if written else ""
        frame.banner.say(*words.standing(report, written[1] if written else "", len(self._files), done))
        frame.show_actions(
            frame.open if written is not None else None,
            frame.mend if report.state in (ReportState.RETURNED, ReportState.WITHDRAWN) else None,
            frame.notice if report.state is ReportState.WITHDRAWN else None,
            frame.write if open_ else None,
        )
        same = written is not None
        frame.table.say_all(SAME if same else NOT_WRITTEN)
        frame.stages.show_stage(len(STAGES) if same else -1)
        frame.target.set_locked(False)
        self._offer()

    def _offer(self) -> None:
        """The primary action says where to; after writing it is only a second copy."""
        report = self._report
        if report is None or self._writing.running or not self._files:
            return
        drive, folder = self.frame.target.drive, self.frame.target.folder
        root = drive.root if drive else folder
        names = words.folder_names(self._files) if drive else ()
        self.frame.table.head.set_caption(str(root.joinpath(*names)) if root else "")
        if report.state not in (ReportState.SIGNED, ReportState.SUBMITTED):
            return
        target = ("写入U盘" if drive.removable else "写入这个盘") if drive else "写入文件夹"
        again = report.state is ReportState.SUBMITTED
        self.frame.say_write(("再写一份" if again else target) + ("" if root else "…"), not again)

    def _press(self) -> None:
        """Ctrl+Enter: only where the button is there to be seen."""
        if self.frame.write.isVisible():
            self.frame.write.click()

    def write(self) -> None:
        """Writes the three files to the chosen target; without one it asks for a folder."""
        target = self.frame.target
        if target.drive is None and target.folder is None and not target.choose_folder():
            return
        drive, folder = target.drive, target.folder
        names = words.folder_names(self._files) if drive else ()
        root = drive.root if drive else folder
        assert self._report is not None and root is not None
        self._writing.begin(self._report.id, root, names, tuple(self._files))

    def _ask_withdrawal(self) -> None:
        """撤回这一次: with a reason, under the issuer's signature."""
        if self._report is None or self._writing.running or not vouched(self._context, self._report):
            return
        dialog = WithdrawDialog(self._context, self._report, self.window())
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.withdrawn.connect(self._withdrawn)
        dialog.open()

    def _withdrawn(self) -> None:
        # What was written of it is no longer the way to hand it over, and its notice is.
        self._report, self._files = None, {}
        self._context.tell_changed()
        self.refresh()

    def _write_notice(self) -> None:
        """The notices of this quarter, in a folder that is asked for."""
        store, report = self._context.store, self._report
        assert store is not None and report is not None
        made = [item.digest for item in withdrawing.notices(store, report)]
        carry_out(self._context, self, self.frame.noticing, made, "把撤回通知写到哪里", self._notice_written)

    def _notice_written(self, folder: Path, files: int) -> None:
        self._context.tell_changed()
        self.frame.banner.say("good", "撤回通知已写出并核对", f"写进了“{folder}”。请交给市里。")

    def _done(self, report: Report, written: tuple[WrittenFile, ...]) -> None:
        self._report = report
        folder, drive = written[0].path.parent, self.frame.target.drive
        self._written[report.id] = (folder, drive.name if drive else str(folder))
        # Names may have got a number where other files of the same name were there.
        lines = words.file_lines(self._context.store, report, self._files, self._approval)
        self.frame.table.set_files(words.renamed(lines, [file.path.name for file in written]))
        self._context.tell_changed()
        self.refresh()

    def _failed(self, error: Exception) -> None:
        if self._report is not None:
            self._written.pop(self._report.id, None)
        self._show_state()
        if isinstance(error, CancelledError):
            self.frame.banner.say(*words.STOPPED)
            return
        if not isinstance(error, UserError):
            self._context.show_error(error)
            return
        show_in_banner(self.frame.banner, error)
        self.frame.say_write("重新写入")

    def _open_folder(self) -> None:
        assert self._report is not None
        self._context.files.show(self._written[self._report.id][0])

    def _show_pdf(self) -> None:
        name = next((name for name in self._files if name.endswith(".pdf")), "")
        if name:
            show_paper(self._context, name, self._files[name], self)
