"""从备份恢复: what a backup holds, said before anything is written, and the new folder that it becomes."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLineEdit, QPushButton, QWidget

from desktop.domain.errors import CancelledError, UserError
from desktop.domain.file_names import plain_name
from desktop.domain.progress import Progress
from desktop.jobs.runner import Job
from desktop.services import opening, restoring
from desktop.views.context import Context
from desktop.views.dialogs.folder_words import folder_word
from desktop.views.drives import Drives, mounted_drives
from desktop.views.errors import show_in_banner
from desktop.views.widgets.dialog import Dialog
from desktop.views.widgets.layout import column, row
from desktop.views.widgets.notices import Banner, JobBar
from desktop.views.widgets.styling import button, label, pane, set_tone
from desktop.wording import keeping as words
from desktop.wording.steps import spoken


class RestoreDialog(Dialog):
    """`restored(folder)` when the new workspace is there. Closing it before that leaves nothing."""

    restored = Signal(object)

    def __init__(
        self, context: Context, path: Path, parent: QWidget | None = None, drives: Drives = mounted_drives
    ) -> None:
        super().__init__(f"从备份恢复 — {path.name}", "看看备份里是什么", 620, parent)
        self.setObjectName("restore_dialog")
        self._context, self._path, self._drives = context, path, drives
        self._seen: restoring.BackupSeen | None = None
        self._job: Job[object] | None = None
        self._facts = QGridLayout()
        self._facts.setHorizontalSpacing(16)
        self._facts.setVerticalSpacing(6)
        self._facts.setColumnStretch(1, 1)
        self._shown = pane("quietCard", "restore_facts")
        self._shown.setLayout(column(self._facts, gap=0, margins=(16, 12, 16, 12)))
        self._folder = QLineEdit()
        self._folder.setObjectName("restore_folder")
        self._folder.setAccessibleName("恢复到哪个新文件夹")
        self._folder.textChanged.connect(self._look_at_folder)
        self._choose = button("选文件夹…", name="restore_choose", clicked=self._choose_folder)
        self._folder_word = label("", "caption", name="restore_folder_word", wrap=True)
        self._warning = label(words.NOT_BOTH, tone="warn", name="restore_not_both", wrap=True)
        self._after = label("", "caption", name="restore_after", wrap=True)
        self._banner = Banner(context.icons, "bad")
        self._banner.setObjectName("restore_banner")
        self._banner.hide()
        self._bar = JobBar()
        self._bar.setObjectName("restore_job")
        self._form = QWidget()
        line = row(self._folder, self._choose)
        line.setStretch(0, 1)
        self._form.setLayout(
            column(
                self._shown, 4, label("恢复到新文件夹", "label"), line, self._folder_word, 4, self._warning,
                self._after, gap=6,
            )
        )  # fmt: skip
        self._form.hide()
        for part in (self._form, self._banner, self._bar):
            self.body.addWidget(part)
        self.add_button("取消", name="restore_cancel", clicked=self.reject)
        self._go: QPushButton = self.add_button("恢复", "primary", "restore_go", self._restore)
        self._go.setEnabled(False)
        self._look()

    def _look(self) -> None:
        context, path, now = self._context, self._path, self._context.now()

        def work(progress: Progress) -> restoring.BackupSeen:
            return restoring.look(path, now, spoken(progress))

        self._job = context.runner.run(work, self._looked, self._failed, self)
        self._bar.watch(self._job, "正在看备份")

    def _looked(self, seen: restoring.BackupSeen) -> None:
        self._job, self._seen = None, seen
        self.title.setText(seen.workspace.unit.name)
        leads = seen.workspace.leads
        lines = (
            ("备份时间", words.when(seen.made_at, self._context.today())),
            ("方案", words.plans_line(seen.plans)),
            ("季度", words.quarters_line(seen.quarters)),
            (
                "最近收到的季报" if leads else "最近一次报送",
                words.submission_line(seen.last, seen.last_unit, leads),
            ),
            ("大小", f"{words.large(seen.size)}，{seen.files}个文件"),
        )
        for number, (word, said) in enumerate(lines):
            self._facts.addWidget(label(word, tone="text2"), number, 0, Qt.AlignmentFlag.AlignTop)
            self._facts.addWidget(label(said, wrap=True, name=f"restore_fact_{number}"), number, 1)
        self._after.setText(words.TAKE_BACK_CITY if leads else words.TAKE_BACK)
        self._form.show()
        self._folder.setText(str(self._free_folder(seen)))
        self._folder.setFocus()

    def _free_folder(self, seen: restoring.BackupSeen) -> Path:
        """A folder that is not there yet, named after the unit and the day of the backup."""
        places = QStandardPaths.StandardLocation
        base = Path(QStandardPaths.writableLocation(places.DocumentsLocation)) / "蓝天季报"
        name = plain_name(f"{seen.workspace.unit.name}_{seen.made_at:%Y%m%d}恢复")
        found, number = base / name, 2
        while found.exists():
            found, number = base / f"{name}{number}", number + 1
        return found

    def _choose_folder(self) -> None:
        folder = self._context.files.folder("恢复到哪个文件夹里")
        if folder is not None:
            name = Path(self._folder.text()).name or "恢复"
            empty = folder.is_dir() and not any(folder.iterdir())
            self._folder.setText(str(folder if empty else folder / name))

    def _look_at_folder(self, text: str) -> None:
        folder = Path(text.strip())
        checked = opening.check_folder(folder)
        removable = any(drive.removable and folder.is_relative_to(drive.root) for drive in self._drives())
        tone, said = folder_word(checked, folder, removable)
        self._folder_word.setText(said)
        set_tone(self._folder_word, tone if tone != "good" else "")
        self._go.setEnabled(self._seen is not None and not checked.problem and self._job is None)

    def _restore(self) -> None:
        context, path, folder = self._context, self._path, Path(self._folder.text().strip())
        actor, now = context.actor, context.now()

        def work(progress: Progress) -> Path:
            return restoring.restore(path, folder, actor, now, spoken(progress))

        self._banner.hide()
        self._form.setEnabled(False)
        self._go.setEnabled(False)
        self._job = context.runner.run(work, self._done, self._failed, self)
        self._bar.watch(self._job, "正在恢复")

    def _done(self, folder: Path) -> None:
        self._job = None
        self.accept()
        self.restored.emit(folder)

    def _failed(self, error: Exception) -> None:
        self._job = None
        self._form.setEnabled(True)
        if self._seen is not None:
            self._look_at_folder(self._folder.text())
        if isinstance(error, CancelledError):
            self._banner.say("info", "已停下", "没有恢复，什么都没有写。")
            self._banner.show()
        elif isinstance(error, UserError):
            show_in_banner(self._banner, error)
        else:
            self._context.show_error(error)

    def reject(self) -> None:
        """Leave; what is running is told to stop, and closes nothing half."""
        if self._job is not None:
            self._job.cancel()
        super().reject()
