"""备份 in the settings, 从备份恢复 on the start page, and a damaged database with its automatic copy."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from PySide6.QtWidgets import QDialog

from desktop.services import keeping, safeguarding
from desktop.services.opening import Sample, open_workspace
from desktop.views.pages.start import StartPage
from desktop.views.vouching import vouched
from tests.screens.painting import Painter, settle

ACTOR = "示例"


def keeping_scenes(painter: Painter, places: Sample, scratch: Path) -> None:
    """All of it with a copy of the sample's county, so that nothing of the others is damaged."""
    program = painter.program
    folder = scratch / "kept" / "柏河县"
    shutil.copytree(places.county, folder)
    program.show_start()
    program.open_folder(folder)
    context = program.context
    assert context is not None and context.store is not None
    store, now = context.store, context.now()
    safeguarding.keep_snapshot(store, now - timedelta(hours=3))
    store.settings.put("last_backup", (now - timedelta(days=120)).isoformat())
    # A sample asks for no backup.
    store.workspace = replace(store.workspace, sample=False)
    page = painter.go("settings")
    page.open_target("computer")
    painter.paint("settings_backup_overdue")
    target = scratch / "kept" / keeping.backup_name(store, now)
    page.computer.backup.back_up(target)
    settle(program)
    painter.paint("settings_backup_made")
    program.show_start()
    settle(program)
    _restore(painter, target, scratch / "kept" / "新的" / "柏河县")
    _damaged(painter, folder, now)


def _restore(painter: Painter, target: Path, folder: Path) -> None:
    from desktop.views.dialogs.restore import RestoreDialog

    program = painter.program
    assert program.window is not None and program.context is not None
    program.window.resize(painter.size)
    page = program.window.centralWidget()
    assert isinstance(page, StartPage)
    wrong = target.with_name("拷了一半.jbk")
    wrong.write_bytes(target.read_bytes()[:5000])
    dialog = RestoreDialog(program.context, wrong, page.window())
    dialog.open()
    painter.paint_dialog("restore_dialog", "start_restore_damaged")
    dialog = RestoreDialog(program.context, target, page.window())
    dialog.restored.connect(page._restored)
    dialog.open()
    settle(program)
    dialog._folder.setText(str(folder))
    settle(program)
    painter.keep(dialog, "start_restore")
    dialog._go.click()
    settle(program)
    painter.paint("start_restored_behind")
    painter.paint_dialog("restored_dialog", "start_restored")
    # What is asked before the first signature there.
    context = program.context
    assert context is not None and context.store is not None
    report = context.store.reports.find()[0]
    painter.paint_modal("question_dialog", "restored_vouch", lambda: vouched(context, report))


def _damaged(painter: Painter, folder: Path, now: datetime) -> None:
    program = painter.program
    program.show_start()
    database = folder / "lantian.db"
    data = bytearray(database.read_bytes())
    data[100:5000] = b"\xa5" * 4900
    database.write_bytes(bytes(data))
    program.open_folder(folder)
    settle(program)
    painter.paint("start_damaged")
    assert program.window is not None
    found = program.window.findChild(QDialog)
    assert found is None, "the page says it in place"
    open_workspace(painter.program.preferences.recent[0], ACTOR, now).close()
