"""备份, in 设置 → 本机: a file of the whole workspace, and when that and the automatic copy were last made."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QWidget

from desktop.domain.errors import CancelledError, UserError
from desktop.domain.progress import Progress
from desktop.services import keeping
from desktop.views.context import Context
from desktop.views.drives import Drives, done_word, mounted_drives
from desktop.views.errors import show_in_banner
from desktop.views.files import BACKUPS
from desktop.views.widgets.layout import column, row
from desktop.views.widgets.notices import Banner, JobBar
from desktop.views.widgets.styling import button, label, set_tone
from desktop.wording import keeping as words
from desktop.wording.steps import spoken


class BackupPart(QWidget):
    """Asks where to, writes in a job, and says what came of it in place."""

    def __init__(self, context: Context, drives: Drives = mounted_drives) -> None:
        super().__init__()
        self.setObjectName("backup_part")
        self._context, self._drives = context, drives
        self.act = button("备份…", name="back_up", clicked=self.choose)
        self._file = label("", name="backup_file", wrap=True)
        self._automatic = label("", "caption", name="backup_automatic", wrap=True)
        self._overdue = label(words.OVERDUE, "caption", "warn", "backup_overdue", wrap=True)
        self._banner = Banner(context.icons, "good")
        self._banner.setObjectName("backup_banner")
        self._banner.hide()
        self._bar = JobBar()
        self._bar.setObjectName("backup_job")
        self.setLayout(
            column(
                label("备份", "label"),
                row(self.act, self._file, None, gap=12),
                self._bar,
                self._banner,
                self._overdue,
                self._automatic,
                label(words.HOLDS + words.KEYS, "caption", wrap=True),
                gap=6,
            )
        )
        self.refresh()

    def refresh(self) -> None:
        """Reads anew when the last copies were made."""
        store, today = self._context.store, self._context.today()
        self.setVisible(store is not None)
        if store is None:
            return
        last = keeping.last_kept(store, today)
        self._file.setText(words.last_file(last.file, today))
        set_tone(self._file, "" if last.file else "text2")
        self._automatic.setText(words.last_automatic(last.automatic, today))
        self._overdue.setVisible(last.overdue)

    def choose(self) -> None:
        """Asks for the file and begins."""
        context = self._context
        if context.store is None:
            return
        name = keeping.backup_name(context.store, context.now())
        target = context.files.save_file("备份到哪里", name, (BACKUPS,))
        if target is not None:
            self.back_up(target)

    def back_up(self, target: Path) -> None:
        context, store, actor, now = (
            self._context,
            self._context.store,
            self._context.actor,
            self._context.now(),
        )
        assert store is not None

        def work(progress: Progress) -> keeping.BackupMade:
            return keeping.back_up(store, target, actor, now, spoken(progress))

        self.act.setEnabled(False)
        self._banner.hide()
        self._bar.watch(context.runner.run(work, self._made, self._failed, self), "正在备份，先不要拔出")

    def _made(self, made: keeping.BackupMade) -> None:
        self.act.setEnabled(True)
        self._banner.clear_actions()
        self._banner.setToolTip("")
        safe = "，可以安全拔出" if done_word(made.path.parent, self._drives).endswith("拔出") else ""
        self._banner.say(
            "good",
            f"备份好了{safe}",
            f"{made.path}\n{words.made(made.size, len(made.altered), made.cleared)}",
        )
        self._banner.add_action(
            "打开文件夹", lambda: self._context.files.show(made.path.parent), "small", "open_backup"
        )
        self._banner.show()
        self.refresh()

    def _failed(self, error: Exception) -> None:
        self.act.setEnabled(True)
        self._banner.clear_actions()
        if isinstance(error, CancelledError):
            self._banner.say("info", "已停下", "没有留下半个备份，工作区没有变。")
            self._banner.show()
        elif isinstance(error, UserError):
            show_in_banner(self._banner, error)
        else:
            self._context.show_error(error)
