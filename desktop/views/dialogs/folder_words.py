"""What is said about a folder that somebody chooses for a workspace."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QStandardPaths

from desktop.services.opening import FolderCheck
from desktop.views.widgets.file_drop import size_text

# Evidence of a few quarters; below this the person is warned.
_LITTLE = 500_000_000
_PROBLEMS = {
    "workspace_exists": "这里已经有一个工作区。要用它，请在右边打开；要新建，请换一个文件夹",
    "workspace_not_empty": "这个文件夹不是空的。请换一个，或在后面再加一级新文件夹",
    "folder_not_writable": "这里写不进去，请换一个文件夹",
    "folder_too_deep": "文件夹太深，路径太长，里面的文件会打不开。请换一个浅一些的",
    "folder_of_program": "这里放程序，升级和卸载时会清掉。请换一个文件夹",
    "folder_missing": "找不到这个地方。请写全路径，或点“选文件夹…”",
}


def folder_word(check: FolderCheck, folder: Path, removable: bool) -> tuple[str, str]:
    """(tone, words) under the folder: good, warn or bad."""
    if check.problem:
        return "bad", _PROBLEMS[check.problem]
    room = f"可用 {size_text(check.free)}"
    if removable:
        return "warn", f"{room}。这是U盘，拔掉就打不开了，最好放在电脑的硬盘上"
    desktop = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DesktopLocation)
    if desktop and folder.is_relative_to(desktop):
        return "warn", f"{room}。放在桌面上容易误删，最好换一个文件夹"
    if check.free < _LITTLE:
        return "warn", f"{room}，可能不够放佐证材料"
    return "good", f"{room}。不要放在U盘或桌面上"
