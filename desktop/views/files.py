"""The one seam for every question about files; tests put another chooser in its place."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog

from desktop.views.widgets.dialog import front_window

PLANS = "方案文件 (*.docx *.xlsx *.pdf *.txt)"
PACKAGES = "交换文件 (*.jbx)"
EVIDENCE = "佐证材料 (*.pdf *.ofd *.jpg *.jpeg *.png *.bmp *.tif *.tiff *.doc *.docx *.wps *.xls *.xlsx *.et *.ppt *.pptx *.zip *.txt)"
SCANS = "签批单扫描件 (*.pdf *.ofd *.jpg *.jpeg *.png *.bmp *.tif *.tiff)"
BACKUPS = "备份文件 (*.jbk)"
PDFS = "PDF 文件 (*.pdf)"
WORKBOOKS = "Excel 工作簿 (*.xlsx)"
EVERYTHING = "所有文件 (*)"


class FileChooser(Protocol):
    """Asks the person for files and folders; nothing chosen is an empty tuple or None."""

    def open_files(self, title: str, filters: tuple[str, ...], many: bool = True) -> tuple[Path, ...]: ...

    def save_file(self, title: str, suggested: str, filters: tuple[str, ...]) -> Path | None: ...

    def folder(self, title: str, start: Path | None = None) -> Path | None: ...

    def show(self, path: Path) -> bool:
        """Open a file or a folder with the system's own program; False if there is none."""
        ...


class QtFileChooser:
    """The system's own dialogs. `folder_used` remembers where the person was last."""

    def __init__(self, last: Path | None = None, folder_used: Callable[[Path], object] | None = None) -> None:
        self._last = last or Path.home()
        self._folder_used = folder_used

    def open_files(self, title: str, filters: tuple[str, ...], many: bool = True) -> tuple[Path, ...]:
        ask = QFileDialog.getOpenFileNames if many else QFileDialog.getOpenFileName
        answer, _ = ask(front_window(), title, str(self._last), ";;".join(filters))
        names = answer if isinstance(answer, list) else [answer]
        paths = tuple(Path(name) for name in names if name)
        if paths:
            self._remember(paths[0].parent)
        return paths

    def save_file(self, title: str, suggested: str, filters: tuple[str, ...]) -> Path | None:
        name, _ = QFileDialog.getSaveFileName(
            front_window(), title, str(self._last / suggested), ";;".join(filters)
        )
        if not name:
            return None
        path = Path(name)
        self._remember(path.parent)
        return path if path.suffix else path.with_suffix(Path(suggested).suffix)

    def folder(self, title: str, start: Path | None = None) -> Path | None:
        name = QFileDialog.getExistingDirectory(front_window(), title, str(start or self._last))
        if not name:
            return None
        self._remember(Path(name))
        return Path(name)

    def show(self, path: Path) -> bool:
        return QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))

    def _remember(self, folder: Path) -> None:
        self._last = folder
        if self._folder_used is not None:
            self._folder_used(folder)
