"""Where on disk a new workspace goes: the usual place until the person names another, and what speaks for or against it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QStandardPaths, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit

from desktop.services import opening
from desktop.views.context import Context
from desktop.views.dialogs.folder_words import folder_word
from desktop.views.drives import Drives
from desktop.views.widgets.layout import row
from desktop.views.widgets.styling import button, label, mark, picture


class FolderField(QObject):
    """A line for the path, and one that says what of it. `unit_name()` is the folder's usual name; `changed()` at every change."""

    changed = Signal()

    def __init__(
        self, context: Context, drives: Drives, unit_name: Callable[[], str], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._context, self._drives, self._unit_name = context, drives, unit_name
        self._own = False
        self.edit = QLineEdit()
        self.edit.setObjectName("folder")
        self.edit.setAccessibleName("放在哪里")
        self.edit.textEdited.connect(self._typed)
        self.edit.textChanged.connect(self.changed)
        self._mark = picture(context.icons, "check", "on", 14)
        self._word = label("", "caption", name="folder_word")

    def line(self) -> QHBoxLayout:
        """The path and the way to choose one."""
        made = row(self.edit, button("选文件夹…", name="choose_folder", clicked=self._choose))
        made.setStretch(0, 1)
        return made

    def told(self) -> QHBoxLayout:
        """What is said of the folder."""
        return row(self._mark, self._word, None, gap=4)

    @property
    def path(self) -> Path:
        return Path(self.edit.text().strip())

    def suggest(self) -> None:
        """Another unit, another usual folder; one of the person's own stays."""
        if not self._own:
            self.edit.setText(str(self._usual()))

    def look(self) -> bool:
        """Says what speaks for or against the folder; returns whether a workspace can be made there."""
        check = opening.check_folder(self.path, self._context.paths.program)
        removable = any(d.removable and self.path.is_relative_to(d.root) for d in self._drives())
        tone, words = folder_word(check, self.path, removable)
        icon = {"good": ("check", "on"), "warn": ("mark-look", "warn"), "bad": ("mark-must", "behind")}[tone]
        self._mark.setPixmap(self._context.icons.pixmap(*icon, 14))
        self._word.setText(words)
        mark(self._word, tone=tone)
        mark(self.edit, tone="bad" if tone == "bad" else "")
        return not check.problem

    def _usual(self) -> Path:
        documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        base = Path(documents or Path.home()) / "蓝天季报"
        name = self._unit_name()
        return base / name if name else base

    def _typed(self, text: str) -> None:
        self._own = bool(text.strip())

    def _choose(self) -> None:
        folder = self._context.files.folder("工作区放在哪里", self.path.parent)
        if folder is None:
            return
        self._own = True
        name = self._unit_name()
        if opening.check_folder(folder).problem == "workspace_not_empty" and name:
            folder = folder / name
        self.edit.setText(str(folder))
