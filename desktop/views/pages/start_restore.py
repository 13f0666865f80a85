"""On the start page: 从备份恢复, and an automatic copy in the place of a database that cannot be read."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication, QWidget

from desktop.domain.backup import Snapshot
from desktop.views.context import Context, Question
from desktop.views.files import BACKUPS
from desktop.views.widgets.dialog import Dialog
from desktop.views.widgets.notices import Banner
from desktop.views.widgets.styling import label
from desktop.wording import keeping as words

if TYPE_CHECKING:
    from desktop.services.restoring import PutBack


def ask_for_backup(context: Context, parent: QWidget, restored: Callable[[Path], object]) -> None:
    """Asks for a backup, shows it, and tells the folder that it became."""
    chosen = context.files.open_files("从哪个备份恢复", (BACKUPS,), many=False)
    if not chosen:
        return
    from desktop.views.dialogs.restore import RestoreDialog

    dialog = RestoreDialog(context, chosen[0], parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.restored.connect(restored)
    dialog.open()


def tell(title: str, text: str) -> None:
    """Says, over the workspace that was just opened, what is to be done next."""
    made = Dialog("蓝天季报", title, parent=QApplication.activeWindow())
    made.setObjectName("restored_dialog")
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    made.body.addWidget(label(text, tone="text2", name="restored_text", wrap=True))
    made.add_button("知道了", "primary", "restored_close", made.accept).setFocus()
    made.open()


class SnapshotOffer(QObject):
    """Looks in a job for a copy that could take the place of a damaged database, and offers it in the banner.

    `put(result)` with the workspace once that was asked for and done; `failed(error)` where it could not be.
    """

    def __init__(
        self, context: Context, banner: Banner, put: Callable[[PutBack], object],
        failed: Callable[[Exception], object], parent: QWidget,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._context, self._banner, self._put, self._failed = context, banner, put, failed
        self._folder: Path | None = None

    def look(self, folder: Path) -> None:
        """Offers the newest copy of `folder` that is whole; nothing where there is none."""
        from desktop.services import restoring

        self._folder = folder
        self._context.runner.run(
            lambda progress: restoring.usable_snapshot(folder),
            lambda found: self._found(folder, found),
            self._failed,
            self,
        )

    def forget(self) -> None:
        """The banner speaks of something else now."""
        self._folder = None

    def _found(self, folder: Path, found: Snapshot | None) -> None:
        if found is None or self._folder != folder:
            return
        said = words.offer(found, self._context.today())
        self._banner.add_action(said, lambda: self._ask(folder, found), "small", "put_back_snapshot")

    def _ask(self, folder: Path, found: Snapshot) -> None:
        context = self._context
        question = Question(
            "用自动备份恢复？",
            words.put_back_question(found, context.today()),
            "用自动备份恢复",
            dangerous=True,
        )
        if not context.ask(question):
            return
        from desktop.services import restoring

        actor, now = context.actor, context.now()
        context.runner.run(
            lambda progress: restoring.put_back(folder, found, actor, now), self._put, self._failed, self
        )
