"""导出报送: the signed report goes to a stick or a folder, is read back, and only then counts as submitted."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget, QWidget

from desktop.domain.approval import Approval
from desktop.domain.errors import CancelledError, UserError
from desktop.domain.report import Report, ReportState
from desktop.jobs.runner import Job
from desktop.services import sending, withdrawing
from desktop.services.sending import WrittenFile
from desktop.views.approvals import show_scan
from desktop.views.context import Context
from desktop.views.dialogs.paper import show_paper
from desktop.views.dialogs.withdraw import WithdrawDialog
from desktop.views.drives import Drives, done_word, mounted_drives
from desktop.views.errors import show_in_banner
from desktop.views.pages import export_words as words
from desktop.views.pages.carrying import carry_out
from desktop.views.pages.export_parts import (
    NOT_WRITTEN,
    SAME,
    STAGES,
    WAITING,
    AsidePane,
    FileTable,
    StageStrip,
)
from desktop.views.pages.export_target import TargetChooser
from desktop.views.vouching import vouched
from desktop.views.widgets.layout import column, row
from desktop.views.widgets.notices import Banner, EmptyState, JobBar
from desktop.views.widgets.scroll import Scroll
from desktop.views.widgets.styling import button, icon_button, label, mark, pane, rule


class ExportPage(QWidget):
    """The report of the chosen quarter: not signed yet, signed, being written, written, or answered."""

    def __init__(self, context: Context, drives: Drives = mounted_drives) -> None:
        super().__init__()
        self.setObjectName("export")
        self._drives = drives
        self._context, self._icons = context, context.icons
        self._report: Report | None = None
        self._files: Mapping[str, bytes] = {}
        self._job: Job[tuple[Report, tuple[WrittenFile, ...]]] | None = None
        self._written: dict[str, tuple[Path, str]] = {}
        self._title = label("导出报送", "title")
        self._caption = label("", tone="text2", name="export_caption")
        self._pdf = icon_button(self._icons, "eye", "看PDF", "tool", "export_pdf", self._show_pdf)
        self._scan = icon_button(self._icons, "clip", "看签批单", "tool", "export_scan", self._show_scan)
        self._code = button("核对纸上的码…", "smallLink", "export_paper_code", self._ask_code)
        self._code.setToolTip("Ctrl+Shift+K")
        QShortcut(QKeySequence("Ctrl+Shift+K"), self).activated.connect(self._ask_code)
        self._approval: Approval | None = None
        self._banner = Banner(self._icons, large=True)
        self._banner.setObjectName("export_banner")
        add = self._banner.add_action
        self._open = add("打开文件夹", self._open_folder, name="export_open_folder")
        self._notice = add("写出撤回通知…", self._write_notice, name="export_notice")
        self._mend = add("去修改", lambda: context.navigate("filling"), "primary", "export_mend")
        self._stop = add("停止", self._cancel, name="export_stop")
        self._write = add("写入U盘", self.write, "primary", "export_write")
        self._write.setToolTip("Ctrl+Enter")
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self).activated.connect(self._press)
        self._back = button("撤回这一次…", "smallLink", "export_withdraw", self._ask_withdrawal)
        self._target = TargetChooser(context, drives)
        self._target.changed.connect(self._offer)
        self._noticing = JobBar()
        self._table, self._stages = FileTable(self._icons), StageStrip(self._icons)
        self._aside = AsidePane(context)
        self._empty = EmptyState(
            self._icons, "usb", "还没有签发", clicked=lambda: context.navigate(self._way_on)
        )
        self._way_on = "review"
        self._arrange()

    def _arrange(self) -> None:
        head = row(self._title, self._caption, None, self._code, self._back, self._scan, self._pdf, gap=14)
        self._body = column(
            *(head, self._banner, self._noticing, self._target, self._table, self._stages),
            gap=20,
            margins=(24, 14, 24, 24),
        )
        self._body.setSpacing(self._context.theme.px(18))
        self._folded = column(gap=0)
        ground = pane("surface")
        ground.setLayout(column(self._body, self._folded, None, gap=0))
        scroll = Scroll()
        scroll.setObjectName("export_scroll")
        scroll.setWidget(ground)
        self._beside = row(rule(vertical=True), self._aside, gap=0)
        self._aside.setFixedWidth(self._context.theme.px(AsidePane.WIDTH))
        full = QWidget()
        full.setLayout(row(scroll, self._beside, gap=0))
        full.layout().setStretch(0, 1)
        self._stack = QStackedWidget()
        # An older quarter's print is asked about while this one is not signed yet, too.
        self._nothing = QWidget()
        asked = button("核对纸上的码…", "smallLink", "export_paper_code_before", self._ask_code)
        self._nothing.setLayout(column(row(None, asked, margins=(24, 14, 24, 0)), self._empty, gap=0))
        self._nothing.layout().setStretch(1, 1)
        self._stack.addWidget(self._nothing)
        self._stack.addWidget(full)
        self.setLayout(row(self._stack))

    def _ask_code(self) -> None:
        """核对纸上的码."""
        # What it needs for opening packages is loaded when somebody asks.
        from desktop.views.dialogs.paper_code import open_paper_code

        if self._context.store is not None:
            open_paper_code(self._context, self.window())

    def set_narrow(self, narrow: bool) -> None:
        """Below 1200 px the right pane goes under the steps."""
        (self._beside if not narrow else self._folded).addWidget(self._aside)
        room = self._context.theme.px(AsidePane.WIDTH)
        self._aside.setMinimumWidth(0 if narrow else room)
        self._aside.setMaximumWidth(16777215 if narrow else room)

    def refresh(self) -> None:
        """Reads the quarter's newest revision anew; what is being written stays as it is."""
        context = self._context
        if self._job is not None or context.store is None:
            return
        own = context.store.workspace.unit.code
        report = None
        if context.plan_id and context.quarter is not None:
            report = context.store.reports.latest(context.plan_id, own, str(context.quarter))
        if report is None or not report.package:
            self._report = report
            title, text, action, self._way_on = words.nothing_signed(report, context)
            self._empty.say(title, text, action)
            self._stack.setCurrentIndex(0)
            return
        self._stack.setCurrentIndex(1)
        known = self._report is not None and self._report.id == report.id and self._files
        self._files = self._files if known else {}
        self._report = report
        self._caption.setText(words.caption(report))
        self._read_approval(report)
        self._aside.tell(words.aside(context.store, report, self._approval))
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
        self._scan.setVisible(self._approval is not None)

    def _show_scan(self) -> None:
        if self._approval is not None:
            show_scan(self._context, self._approval.scan, self)

    def _read_files(self, report: Report) -> None:
        store = self._context.store
        self._files = {}
        self._table.set_files(())
        # What could be done with the report before is no offer for this one.
        self._show_actions()
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
        self._table.set_files(words.file_lines(self._context.store, self._report, files, self._approval))
        self._show_state()

    def _show_state(self) -> None:
        """Banner, steps and stages for the report as it stands in the books."""
        assert self._report is not None
        report, written = self._report, self._written.get(self._report.id)
        open_ = report.state in (ReportState.SIGNED, ReportState.SUBMITTED)
        for part in (self._target, self._stages, self._back):
            part.setVisible(open_)
        self._table.setVisible(report.state is not ReportState.WITHDRAWN)
        self._banner.setToolTip("")
        done = done_word(written[0], self._drives) if written else ""
        self._banner.say(*words.standing(report, written[1] if written else "", len(self._files), done))
        self._show_actions(
            self._open if written is not None else None,
            self._mend if report.state in (ReportState.RETURNED, ReportState.WITHDRAWN) else None,
            self._notice if report.state is ReportState.WITHDRAWN else None,
            self._write if open_ else None,
        )
        same = written is not None
        self._table.say_all(SAME if same else NOT_WRITTEN)
        self._stages.show_stage(len(STAGES) if same else -1)
        self._target.set_locked(False)
        self._offer()

    def _show_actions(self, *shown: QWidget | None) -> None:
        for action in (self._open, self._notice, self._mend, self._stop, self._write):
            action.setVisible(action in shown)

    def _offer(self) -> None:
        """The primary action says where to; after writing it is only a second copy."""
        report = self._report
        if report is None or self._job is not None or not self._files:
            return
        drive, folder = self._target.drive, self._target.folder
        root = drive.root if drive else folder
        names = words.folder_names(self._files) if drive else ()
        self._table.head.set_caption(str(root.joinpath(*names)) if root else "")
        if report.state not in (ReportState.SIGNED, ReportState.SUBMITTED):
            return
        target = ("写入U盘" if drive.removable else "写入这个盘") if drive else "写入文件夹"
        again = report.state is ReportState.SUBMITTED
        self._say_write(("再写一份" if again else target) + ("" if root else "…"), not again)

    def _press(self) -> None:
        """Ctrl+Enter: only where the button is there to be seen."""
        if self._write.isVisible():
            self._write.click()

    def _say_write(self, text: str, primary: bool = True) -> None:
        self._write.setText(text)
        self._write.setAccessibleName(text)
        mark(self._write, kind="primary" if primary else "secondary")

    def write(self) -> None:
        """Writes the three files to the chosen target; without one it asks for a folder."""
        if self._target.drive is None and self._target.folder is None and not self._target.choose_folder():
            return
        drive, folder = self._target.drive, self._target.folder
        names = words.folder_names(self._files) if drive else ()
        root = drive.root if drive else folder
        store, report, context, now = self._context.store, self._report, self._context, self._context.now()
        assert store is not None and report is not None and root is not None
        self._show_writing()

        def work(progress: object) -> tuple[Report, tuple[WrittenFile, ...]]:
            place = sending.made_folder(root, *names)
            return sending.submit(store, report.id, place, context.actor, now, progress)

        self._job = context.runner.run(work, self._done, self._failed, owner=self)
        self._job.progressed.connect(self._progressed)

    def _ask_withdrawal(self) -> None:
        """撤回这一次: with a reason, under the issuer's signature."""
        if self._report is None or self._job is not None or not vouched(self._context, self._report):
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
        carry_out(self._context, self, self._noticing, made, "把撤回通知写到哪里", self._notice_written)

    def _notice_written(self, folder: Path, files: int) -> None:
        self._context.tell_changed()
        self._banner.say("good", "撤回通知已写出并核对", f"写进了“{folder}”。请交给市里。")

    def _show_writing(self) -> None:
        self._back.hide()
        self._target.set_locked(True)
        self._banner.setToolTip("")
        self._show_actions(self._stop)
        self._banner.say("info", "正在写入，先不要拔出", "正在准备文件。")
        self._banner.bar.set_share(0, 1)
        self._banner.bar.show()
        self._table.say_all(WAITING)
        self._stages.show_stage(0, "停止后，盘上不会留下半个文件")

    def _progressed(self, step: str, done: int, total: int) -> None:
        self._banner.bar.set_share(done, total)
        names, half = list(self._files), max(total // 2, 1)
        if step == "write":
            self._banner.say("info", "正在写入，先不要拔出", f"正在写“{names[done % half]}”。")
            self._stages.show_stage(0, "停止后，盘上不会留下半个文件")
        elif step == "compare":
            self._banner.say("info", "正在写入，先不要拔出", f"正在读回“{names[done % half]}”，逐个比对。")
            self._stages.show_stage(2, "停止后，盘上不会留下半个文件")
            self._table.say([SAME if number < done - half else WAITING for number in range(half)])

    def _cancel(self) -> None:
        if self._job is not None:
            self._job.cancel()

    def _done(self, made: tuple[Report, tuple[WrittenFile, ...]]) -> None:
        self._end_writing()
        report, written = made
        self._report = report
        folder, drive = written[0].path.parent, self._target.drive
        self._written[report.id] = (folder, drive.name if drive else str(folder))
        # Names may have got a number where other files of the same name were there.
        lines = words.file_lines(self._context.store, report, self._files, self._approval)
        self._table.set_files(words.renamed(lines, [file.path.name for file in written]))
        self._context.tell_changed()
        self.refresh()

    def _failed(self, error: Exception) -> None:
        self._end_writing()
        if self._report is not None:
            self._written.pop(self._report.id, None)
        self._show_state()
        if isinstance(error, CancelledError):
            self._banner.say(*words.STOPPED)
            return
        if not isinstance(error, UserError):
            self._context.show_error(error)
            return
        show_in_banner(self._banner, error)
        self._say_write("重新写入")

    def _end_writing(self) -> None:
        self._job = None
        self._banner.bar.hide()

    def _open_folder(self) -> None:
        assert self._report is not None
        self._context.files.show(self._written[self._report.id][0])

    def _show_pdf(self) -> None:
        name = next((name for name in self._files if name.endswith(".pdf")), "")
        if name:
            show_paper(self._context, name, self._files[name], self)
